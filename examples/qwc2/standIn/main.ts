import { createTaskClient } from 'lrt-plugin/client';
import { createMockBackend } from 'lrt-plugin/mocks';
import { registerQwc2Plugin } from 'lrt-plugin/qwc2';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { registerTasks } from '../src/tasks.tsx';
import { createStandInQwc2 } from './createStandInQwc2.tsx';
import { polesOf } from './polesOf.ts';

// The page takes its language and colours from its address: ?lang=de-DE&style=dark&runSeconds=5
const query = new URLSearchParams(location.search);
const backend = await createMockBackend({ runSeconds: Number(query.get('runSeconds') ?? 10) });
const { qwc2, App } = createStandInQwc2({
  language: query.get('lang') ?? 'en-US',
  colorScheme: query.get('style') ?? 'default',
  plugins: [{ name: 'Lrt', cfg: { poleLayer: 'poles' } }, { name: 'LrtTasks' }],
  menuItems: [{ key: 'Lrt' }, { key: 'LrtTasks' }],
  poles: { layer: 'poles', features: await polesOf(backend, 'design/FTTH-North') },
});

const system = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
registerQwc2Plugin({ system, count: 100 });
registerTasks(system);
Object.assign(window, { qwc2 });
window.dispatchEvent(new Event('QWC2ApiReady'));

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(createElement(App));
