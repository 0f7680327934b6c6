/** The page that bench/runView.ts opens: the run view of a large workflow, whose tasks change without end where that is asked for. */
import { createRoot } from 'react-dom/client';
import { RUN_ID } from '../harness/workflow/planAndConnect.ts';
import { serveWideWorkflow } from '../harness/workflow/wideWorkflow.ts';
import type { SystemClient } from '../src/client/SystemClient.ts';
import { WorkflowView } from '../src/monitor/index.ts';

declare global {
  interface Window {
    runView: {
      /** Shows the view, which waits for the server. */
      prepare(): Promise<void>;
      /** Lets the server answer, and resolves with the milliseconds from the server's answer until all nodes are laid out and drawn. */
      draw(): Promise<number>;
      /** Lets tasks change, so many a second. */
      change(perSecond: number): void;
      changes: number;
    };
  }
}

const count = Number(new URLSearchParams(location.search).get('nodes') ?? 200);
const served = serveWideWorkflow(count);
const place = document.body.appendChild(document.createElement('div'));
Object.assign(place.style, { display: 'flex', width: '1280px', height: '720px' });
WorkflowView.preload();

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

let answer = () => {};
const answered = new Promise<void>((resolve) => {
  answer = resolve;
});

window.runView = {
  changes: 0,
  async prepare() {
    const system: SystemClient = {
      ...served.client,
      async listTasks(query) {
        await answered;
        return { tasks: [], ...(await served.client.listTasks?.(query)) };
      },
    };
    createRoot(place).render(<WorkflowView app={{}} system={system} taskId={RUN_ID} language="en" />);
    // The view is there, with its header, and waits for the server.
    while (!document.querySelector('header')) await frame();
    await new Promise((resolve) => setTimeout(resolve, 300));
  },
  async draw() {
    const from = performance.now();
    answer();
    while (document.querySelectorAll('[data-node]').length < count) await frame();
    // The frame in which the last of them was drawn.
    await frame();
    return performance.now() - from;
  },
  change(perSecond) {
    const began = performance.now();
    const running: string[] = [];
    let next = 0;
    let started = Math.floor(count / 20) * 10 + 10;
    setInterval(() => {
      const due = ((performance.now() - began) * perSecond) / 1000;
      while (next < due) {
        next += 1;
        window.runView.changes += 1;
        // One change in ten is the start or the end of a task; the others are progress.
        if (next % 10 === 0 && started < count) {
          const key = `n${started}`;
          started += 1;
          served.start(key).run({ percent: 0, done: 0, total: 100 });
          running.push(key);
          const [oldest] = running.length > 40 ? running.splice(0, 1) : [];
          if (oldest !== undefined) served.node(oldest).succeed({});
        } else {
          const key = running[next % Math.max(1, running.length)] ?? 'n0';
          const done = next % 100;
          served.node(key).progress({ percent: done, done, total: 100 });
        }
      }
    }, 10);
  },
};
