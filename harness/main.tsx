import { createRoot } from 'react-dom/client';
import { generateTown } from '../mocks/index.ts';
import { MockedHostPage } from './MockedHostPage.tsx';
import { startWorker } from './startWorker.ts';

/**
 * The plain page takes from its address what Storybook has switches for, and the size of the town:
 * `?lang=de&theme=dark&scenario=stall&runSeconds=5&addresses=300`
 */
const query = new URLSearchParams(location.search);
const addresses = query.get('addresses');
const worker = await startWorker();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
createRoot(root).render(
  <MockedHostPage
    worker={worker}
    backend={{
      persist: 'lrt-harness',
      runSeconds: Number(query.get('runSeconds') ?? 20),
      ...(addresses !== null && { town: generateTown({ addresses: Number(addresses) }) }),
    }}
    language={query.get('lang') ?? 'en'}
    theme={query.get('theme') === 'dark' ? 'dark' : 'light'}
    scenario={query.get('scenario') ?? 'none'}
  />,
);
