/**
 * Measures if the client gives memory back: 1,000,000 events through the task store and the task list, and 1,000 rounds of
 * subscribing and unsubscribing.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { SystemClient, TaskHandlers, WatchHandlers } from '../src/client/index.ts';
import { createTaskStore } from '../src/client/taskStore.ts';
import type { TaskSnapshot } from '../src/contract/index.ts';
import { followShared } from '../src/parts/sharedTasks.ts';
import { watchTaskList } from '../src/parts/watchTaskList.ts';
import { main, type Row } from './row.ts';

const EVENTS = 1_000_000;
const TASKS = 200;
const ROUNDS = 1_000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes in use, after the timers that are due have run. */
async function heapUsed(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function snapshot(id: string, seq: number): TaskSnapshot {
  return {
    id,
    name: 'customer_connection_task',
    queue: 'default',
    status: 'running',
    progress: { percent: seq % 100, step: 4, message: `${seq} addresses connected`, done: seq, total: 2_000 },
    params: { design: 'design/North' },
    owner: 'local',
    tags: [],
    createdAt: '2026-01-01T00:00:00Z',
    attempt: 1,
    seq,
  };
}

/** A client whose events the bench makes itself. It counts the streams that nobody has closed. */
function drivenSystem() {
  const open = { followed: new Map<TaskHandlers, string>(), watches: new Set<WatchHandlers>() };
  const system: SystemClient = {
    enqueueTask: () => Promise.reject(new Error('not used')),
    streamTaskProgress(id, handlers) {
      open.followed.set(handlers, String(id));
      return { close: () => open.followed.delete(handlers) };
    },
    listTasks: () =>
      Promise.resolve({
        tasks: Array.from({ length: TASKS }, (_, index) => snapshot(`t${index}`, 1)),
        watchCursor: 'c1',
      }),
    watchTasks(_filter, handlers) {
      open.watches.add(handlers);
      return { close: () => open.watches.delete(handlers) };
    },
  };
  return { system, open };
}

/** Sends events in bursts, between which the page would draw a frame. */
async function inBursts(count: number, send: (event: number) => void): Promise<void> {
  for (let event = 0; event < count; event += 1) {
    send(event);
    if (event % 10_000 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function storeAfterEvents(): Promise<number> {
  const { system, open } = drivenSystem();
  const store = createTaskStore(system);
  store.subscribe(() => {});
  for (let id = 0; id < TASKS; id += 1) store.follow(`t${id}`);
  const handlers = [...open.followed.keys()];
  const at = '2026-01-01T00:00:00Z';
  const send = (event: number) => {
    const one = handlers[event % TASKS];
    if (event % 4 === 0) one?.onLog?.({ level: 'info', message: `Entry ${event}`, at });
    else if (event % 4 === 1) one?.onItems?.([{ id: `a${event % 2_000}`, ok: true }], { at });
    else one?.onProgress?.({ percent: event % 100, step: 1, message: `${event}`, status: 'running' });
  };
  // The store keeps a bounded part of each task. It is full after so many events.
  await inBursts(EVENTS / 2, send);
  const before = await heapUsed();
  await inBursts(EVENTS, send);
  const after = await heapUsed();
  store.dispose();
  return after / before;
}

async function listAfterEvents(): Promise<number> {
  const { system, open } = drivenSystem();
  let results = 0;
  const stop = watchTaskList(system, { limit: TASKS }, () => {
    results += 1;
  });
  while (open.watches.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const [watch] = open.watches;
  const send = (event: number) => watch?.onTask(snapshot(`t${event % TASKS}`, event));
  await inBursts(EVENTS / 10, send);
  const before = await heapUsed();
  await inBursts(EVENTS, send);
  const after = await heapUsed();
  stop();
  if (results === 0) throw new Error('The list was never given.');
  return after / before;
}

/** Returns the heap after the rounds to that before, and the streams that are left. */
async function afterRounds(): Promise<{ ratio: number; left: number }> {
  const { system, open } = drivenSystem();
  const round = async () => {
    const stops = [
      watchTaskList(system, {}, () => {}),
      followShared(system, 't1', () => {}),
      followShared(system, 't1', () => {}),
    ];
    await Promise.resolve();
    for (const stop of stops) stop();
  };
  for (let count = 0; count < ROUNDS / 10; count += 1) await round();
  const before = await heapUsed();
  for (let count = 0; count < ROUNDS; count += 1) await round();
  const after = await heapUsed();
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  return { ratio: after / before, left: open.followed.size + open.watches.size + timers };
}

export async function run(): Promise<Row[]> {
  const store = await storeAfterEvents();
  const list = await listAfterEvents();
  const { ratio, left } = await afterRounds();
  return [
    { name: 'heap of the store after 1,000,000 events, to before', measured: store, unit: 'times', max: 1.1 },
    { name: 'heap of the list after 1,000,000 changes, to before', measured: list, unit: 'times', max: 1.1 },
    { name: 'heap after 1,000 rounds of subscribing, to before', measured: ratio, unit: 'times', max: 1.1 },
    { name: 'streams and timers left after the rounds', measured: left, unit: '', max: 0 },
  ];
}

if (import.meta.main) await main(run);
