import { createTaskClient } from 'lrt-plugin/client';
import { createMockBackend } from 'lrt-plugin/mocks';
import { registerQwc2Plugin } from 'lrt-plugin/qwc2';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createStandInQwc2 } from './createStandInQwc2.tsx';
import { polesOf } from './polesOf.ts';

// The page takes its language and colours from its address: ?lang=de-DE&style=dark&runSeconds=5
const query = new URLSearchParams(location.search);
const backend = await createMockBackend({ runSeconds: Number(query.get('runSeconds') ?? 10) });
const { qwc2, App } = createStandInQwc2({
  language: query.get('lang') ?? 'en-US',
  colorScheme: query.get('style') ?? 'default',
  plugins: [{ name: 'Lrt', cfg: { poleLayer: 'poles' } }],
  menuItems: [{ key: 'Lrt' }],
  poles: { layer: 'poles', features: await polesOf(backend, 'design/FTTH-North') },
});

registerQwc2Plugin({
  system: createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch }),
  count: 100,
});
Object.assign(window, { qwc2 });
window.dispatchEvent(new Event('QWC2ApiReady'));

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(createElement(App));
