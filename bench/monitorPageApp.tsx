/** The page that bench/monitorPage.ts opens: the monitor over a client whose watch brings events without end. */
import { createRoot } from 'react-dom/client';
import { createMonitorSystem } from '../harness/monitor/monitorSystem.ts';
import type { TaskSnapshot } from '../src/contract/index.ts';
import { TaskMonitor } from '../src/monitor/index.ts';
import type {} from './countCommits.ts';

interface Seen {
  commits: number;
  crowdedFrames: number;
  frames: number;
  events: number;
}

declare global {
  interface Window {
    bench: { begin(): void; end(): Seen };
  }
}

const RUNNING = 200;
const PER_SECOND = 10;
/** The events come in small groups, as the messages of a stream do. In milliseconds. */
const EVERY_MS = 5;

const all = Number(new URLSearchParams(location.search).get('tasks') ?? RUNNING);
const system = createMonitorSystem();
for (let at = 0; at < all; at += 1) {
  const isRunning = at >= all - RUNNING;
  system.put({
    id: `task-${at}`,
    params: { design: `design/FTTH-${at % 40}` },
    ...(isRunning && { status: 'running', startedAt: new Date().toISOString() }),
  });
}

let events = 0;
let next = 0;
const startedAt = performance.now();
setInterval(() => {
  const due = Math.floor(((performance.now() - startedAt) * RUNNING * PER_SECOND) / 1000);
  while (next < due) {
    const done = Math.floor(next / RUNNING) % 1_000;
    const text = JSON.stringify({
      id: `task-${all - RUNNING + (next % RUNNING)}`,
      progress: {
        percent: done / 10,
        step: 4,
        stepCount: 5,
        message: `${done} connected`,
        done,
        total: 1_000,
      },
    });
    next += 1;
    events += 1;
    // The client parses what the stream brings.
    const change: Partial<TaskSnapshot> & { id: string } = JSON.parse(text);
    system.put(change);
  }
}, EVERY_MS);

window.bench = {
  begin() {
    events = 0;
    window.commits.begin();
  },
  end: () => ({ events, ...window.commits.end() }),
};

document.body.style.margin = '0';
const root = document.createElement('main');
root.style.height = '100vh';
document.body.append(root);
createRoot(root).render(<TaskMonitor app={{ system: system.client }} user="mara" />);
