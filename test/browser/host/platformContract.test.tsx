import {
  createApplicationDefinition,
  Plugin,
  PluginButton,
  startApplication,
} from 'lrt-plugin/host/myworld-client';
import { DraggableModal, renderReactNode, useLocale } from 'lrt-plugin/host/myworld-client/react';
import { createRoot } from 'react-dom/client';
import { type HostApplication, HostProvider, Toolbar } from '../../../src/host/index.ts';
import { declareHostContract } from '../../contracts/host.contract.tsx';

declareHostContract<HostApplication>('lrt-plugin/host/myworld-client', async ({ language, messages }) => {
  const app = startApplication({ definition: createApplicationDefinition(), language, messages });
  const frame = document.createElement('div');
  document.body.append(frame);
  const root = createRoot(frame);
  root.render(
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>,
  );
  return {
    app,
    Plugin,
    PluginButton,
    renderReactNode,
    useLocale,
    DraggableModal,
    register(id, Class, options = {}) {
      app.registerPlugin(id, Class, options);
      app.setToolbar([`${id}.dialog`]);
    },
    unregister: (id) => app.unregisterPlugin(id),
    dispose() {
      app.dispose();
      root.unmount();
      frame.remove();
    },
  };
});
