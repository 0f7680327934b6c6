/** Measures what the client's task store costs per event, and how often it notifies the page. */

import type { SystemClient, TaskHandlers } from '../src/client/index.ts';
import { createTaskStore } from '../src/client/taskStore.ts';
import { main, median, type Row } from './row.ts';

const EVENTS = 200_000;
const ROUNDS = 5;
const FLOOD_EVENTS = 10_000;

/** Makes a store that follows `count` tasks, with the handlers that it gave for each. */
function followed(count: number) {
  const handlers: TaskHandlers[] = [];
  const system: SystemClient = {
    enqueueTask: () => Promise.reject(new Error('not used')),
    streamTaskProgress(_id, given) {
      handlers.push(given);
      return { close() {} };
    },
  };
  const store = createTaskStore(system);
  for (let id = 1; id <= count; id += 1) store.follow(String(id));
  return { store, handlers };
}

function progress(done: number) {
  return {
    percent: (done / 2000) * 100,
    step: 4,
    message: `${done} / 2000`,
    done,
    total: 2000,
    status: 'running',
  } as const;
}

/** Measures the microseconds for one progress event, spread over all tasks. */
function costPerEvent(count: number): number {
  const { store, handlers } = followed(count);
  store.subscribe(() => {});
  const start = performance.now();
  for (let event = 0; event < EVENTS; event += 1)
    handlers[event % count]?.onProgress?.(progress(event % 2000));
  const cost = ((performance.now() - start) * 1000) / EVENTS;
  store.dispose();
  return cost;
}

/**
 * Counts how often subscribers (each a React commit) are notified of 10,000 events that arrive within one second, per
 * frame of 16 ms.
 */
async function notificationsPerFrame(): Promise<number> {
  const { store, handlers } = followed(1);
  let notifications = 0;
  store.subscribe(() => {
    notifications += 1;
  });
  const start = performance.now();
  for (let sent = 0; sent < FLOOD_EVENTS; ) {
    const due = Math.min(FLOOD_EVENTS, Math.ceil((performance.now() - start) * 10));
    for (; sent < due; sent += 1) handlers[0]?.onProgress?.(progress(sent % 2000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const frames = (performance.now() - start) / 16;
  store.dispose();
  return notifications / frames;
}

export async function run(): Promise<Row[]> {
  costPerEvent(10);
  const ten = median(Array.from({ length: ROUNDS }, () => costPerEvent(10)));
  const many = median(Array.from({ length: ROUNDS }, () => costPerEvent(2000)));
  return [
    { name: 'one progress event, 10 tasks', measured: ten, unit: 'µs', max: 5 },
    { name: 'one progress event, 2,000 tasks', measured: many, unit: 'µs', max: 5 },
    { name: '2,000 tasks, to 10', measured: many / ten, unit: 'times', max: 1.5 },
    {
      name: 'notifications per frame, 10,000 events/s',
      measured: await notificationsPerFrame(),
      unit: '',
      max: 1,
    },
  ];
}

if (import.meta.main) await main(run);
