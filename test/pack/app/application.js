// An application on the stand-in host, with everything that an application in a page imports of the package.
import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import * as standIn from 'lrt-plugin/host/myworld-client';
import * as standInReact from 'lrt-plugin/host/myworld-client/react';
import * as maplibre from 'lrt-plugin/maplibre';
import * as myworld from 'lrt-plugin/myworld';
import * as openlayers from 'lrt-plugin/openlayers';
import * as parts from 'lrt-plugin/parts';
import * as qwc2 from 'lrt-plugin/qwc2';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const app = createApplication({
  system: createTaskClient({ baseUrl: '/lrt' }),
  plugins: { lrtPlugin: LrtPlugin },
  toolbar: ['lrtPlugin.dialog'],
});
createRoot(document.body).render(createElement(HostProvider, { app }, createElement(Toolbar)));
globalThis.rest = { maplibre, myworld, openlayers, parts, qwc2, standIn, standInReact };
