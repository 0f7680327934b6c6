import { createRoot } from 'react-dom/client';
import { createTaskClient } from '../src/client/index.ts';
import { useTaskList } from '../src/parts/index.ts';

/** The page that bench/manyTabs.ts opens in each tab. It shows all tasks, and notes how old each message is when it is drawn. */

declare global {
  interface Window {
    /** Milliseconds between a worker's clock in a message and the frame after the message was in the page. */
    ages: number[];
  }
}

const client = createTaskClient({ baseUrl: new URLSearchParams(location.search).get('server') ?? '' });

function Tasks() {
  const { tasks } = useTaskList(client, { status: 'active', limit: 200 });
  return (
    <ul>
      {tasks.map(({ id, progress }) => (
        <li key={id}>{progress.message}</li>
      ))}
    </ul>
  );
}

window.ages = [];
new MutationObserver((changes) => {
  const times = changes.flatMap(({ target, addedNodes }) =>
    [target, ...addedNodes].flatMap(({ textContent }) => /^at (\d+)$/.exec(textContent ?? '')?.[1] ?? []),
  );
  requestAnimationFrame(() => {
    const now = Date.now();
    for (const time of times) window.ages.push(now - Number(time));
  });
}).observe(document.body, { subtree: true, childList: true, characterData: true });

const root = document.createElement('main');
document.body.append(root);
createRoot(root).render(<Tasks />);
