import type {
  ConnectionState,
  EnqueueOptions,
  ListQuery,
  SystemClient,
  TaskHandlers,
  WatchHandlers,
} from '../src/client/SystemClient.ts';
import {
  addItems,
  type GeoFeature,
  isTerminal,
  type TaskError,
  type TaskItem,
  type TaskProgress,
  type TaskSnapshot,
} from '../src/contract/index.ts';
import { CUSTOMER_CONNECTION_TASK } from '../src/modal/customerConnection.ts';

const START = Date.parse('2026-03-01T08:00:00Z');

/** One task of the scripted system. A test or a story makes the server report each of its events. */
export interface FakeTask {
  readonly id: string;
  readonly snapshot: TaskSnapshot;
  /** The number of streams that follow it. */
  readonly followers: number;
  run(progress?: Partial<TaskProgress>): void;
  progress(progress: Partial<TaskProgress>): void;
  features(features: GeoFeature[], replace?: boolean): void;
  items(items: TaskItem[]): void;
  log(level: 'info' | 'warning' | 'error', message: string): void;
  succeed(result?: unknown): void;
  fail(error: TaskError): void;
  cancelled(): void;
  restart(): void;
  connection(state: ConnectionState): void;
}

export interface FakeSystem {
  client: SystemClient;
  tasks: FakeTask[];
  /** The newest task. */
  readonly task: FakeTask;
  calls: { method: string; args: unknown[] }[];
  /** The next call of a method rejects with this. */
  refuse(method: 'enqueueTask' | 'cancelTask' | 'retryTask' | 'listTasks', error: unknown): void;
  /** Calls of enqueueTask wait until the returned function is called. */
  hold(): () => void;
  /** A task that was started before the page was loaded. */
  add(snapshot?: Partial<TaskSnapshot>): FakeTask;
  /** Streams that are open, over all tasks. */
  readonly openStreams: number;
}

export const EXAMPLE_RESULT = {
  design: 'design/Mill Road',
  connections: 2000,
  poles: 31,
  cables: 2000,
  cableLengthMetres: 84_012,
  seed: 7,
  bbox: [0.1, 52.19, 0.14, 52.21],
};

/** Makes a SystemClient for tests and stories that reports what the caller scripts, and sends no request. */
export function createFakeSystem({
  minimal = false,
  watches = false,
}: {
  /** The client has no more than the two required methods. */
  minimal?: boolean;
  /** The client watches tasks, as ours does. */
  watches?: boolean;
} = {}): FakeSystem {
  const watchers = new Set<WatchHandlers>();
  const tasks: (FakeTask & { handlers: Set<TaskHandlers> })[] = [];
  const calls: FakeSystem['calls'] = [];
  const refusals = new Map<string, unknown[]>();
  let gate: Promise<void> | undefined;

  const call = async (method: string, ...args: unknown[]): Promise<void> => {
    calls.push({ method, args });
    if (method === 'enqueueTask') await gate;
    const queue = refusals.get(method);
    if (queue && queue.length > 0) throw queue.shift();
  };

  const find = (id: string | number) => tasks.find((task) => task.id === String(id));

  const add = (given: Partial<TaskSnapshot> = {}) => {
    const handlers = new Set<TaskHandlers>();
    let snapshot: TaskSnapshot = {
      id: `task-${tasks.length + 1}`,
      name: CUSTOMER_CONNECTION_TASK,
      queue: 'high_priority',
      status: 'queued',
      progress: { percent: null, step: null, message: '' },
      params: {},
      owner: 'planner',
      tags: [],
      createdAt: new Date(START).toISOString(),
      attempt: 1,
      seq: 1,
      ...given,
    };
    const change = (next: Partial<TaskSnapshot>) => {
      snapshot = { ...snapshot, ...next, seq: snapshot.seq + 1 };
      for (const each of [...watchers]) each.onTask(snapshot);
    };
    const tell = (what: (handlers: TaskHandlers) => void) => {
      for (const each of [...handlers]) what(each);
    };
    const tellSnapshot = () =>
      tell((each) => each.onSnapshot?.(snapshot, { at: snapshot.startedAt ?? snapshot.createdAt }));
    const end = (next: Partial<TaskSnapshot>, what: (handlers: TaskHandlers) => void) => {
      change({ ...next, finishedAt: new Date(START + 95_000).toISOString() });
      if (!minimal) tellSnapshot();
      tell((each) => {
        what(each);
        each.onEnd?.();
      });
      handlers.clear();
    };
    const task: FakeTask & { handlers: Set<TaskHandlers> } = {
      handlers,
      id: snapshot.id,
      get snapshot() {
        return snapshot;
      },
      get followers() {
        return handlers.size;
      },
      run(progress = {}) {
        change({
          status: 'running',
          startedAt: new Date(START).toISOString(),
          finishedAt: undefined,
          error: undefined,
          progress: { ...snapshot.progress, ...progress },
        });
        if (!minimal) tellSnapshot();
        tell((each) => each.onProgress?.({ ...snapshot.progress, status: 'running' }));
      },
      progress(progress) {
        change({ progress: { ...snapshot.progress, ...progress } });
        tell((each) => each.onProgress?.({ ...snapshot.progress, status: snapshot.status }));
      },
      features(features, replace = false) {
        tell((each) => each.onFeatures?.(features, { replace }));
      },
      items(items) {
        change({ items: addItems(snapshot.items, items) });
        tell((each) => each.onItems?.(items, { at: snapshot.createdAt }));
      },
      log(level, message) {
        tell((each) => each.onLog?.({ level, message, at: snapshot.createdAt }));
      },
      succeed(result = EXAMPLE_RESULT) {
        end({ status: 'succeeded', result }, (each) => each.onSuccess?.(result));
      },
      fail(error) {
        end({ status: 'failed', error }, (each) => each.onFailure?.(error));
      },
      cancelled() {
        end({ status: 'cancelled', cancelRequested: false }, (each) => {
          if (each.onCancelled) each.onCancelled();
          else each.onFailure?.({ code: 'cancelled', message: 'The task was cancelled' });
        });
      },
      restart() {
        change({ attempt: snapshot.attempt + 1, progress: { percent: 0, step: 1, message: '' } });
        tellSnapshot();
      },
      connection(state) {
        tell((each) => each.onConnection?.(state));
      },
    };
    tasks.push(task);
    for (const each of [...watchers]) each.onTask(snapshot);
    return task;
  };

  const required: SystemClient = {
    async enqueueTask(name: string, params: object, options?: EnqueueOptions) {
      await call('enqueueTask', name, params, options);
      return { id: add({ name, params: { ...params } }).id };
    },
    streamTaskProgress(taskId, handlers) {
      calls.push({ method: 'streamTaskProgress', args: [taskId] });
      const task = find(taskId);
      if (!task) {
        queueMicrotask(() => {
          handlers.onFailure?.({ code: 'task-not-found', message: `There is no task with id "${taskId}"` });
          handlers.onEnd?.();
        });
        return { close() {} };
      }
      task.handlers.add(handlers);
      if (!minimal) {
        // As a server does: the snapshot first and, of a task that has ended, its end right after.
        queueMicrotask(() => {
          if (!task.handlers.has(handlers)) return;
          const { snapshot } = task;
          handlers.onConnection?.({ state: 'live' });
          handlers.onSnapshot?.(snapshot, {
            at: snapshot.finishedAt ?? snapshot.startedAt ?? snapshot.createdAt,
          });
          if (!isTerminal(snapshot.status)) return;
          task.handlers.delete(handlers);
          if (snapshot.status === 'succeeded') handlers.onSuccess?.(snapshot.result);
          if (snapshot.status === 'failed' && snapshot.error) handlers.onFailure?.(snapshot.error);
          if (snapshot.status === 'cancelled') handlers.onCancelled?.();
          handlers.onEnd?.();
        });
      }
      return { close: () => void task.handlers.delete(handlers) };
    },
  };

  const abilities: Partial<SystemClient> = {
    async cancelTask(taskId) {
      await call('cancelTask', taskId);
    },
    async getTask(taskId) {
      await call('getTask', taskId);
      const task = find(taskId);
      if (!task) throw { code: 'task-not-found', message: `There is no task with id "${taskId}"` };
      return task.snapshot;
    },
    async listTasks(query: ListQuery = {}) {
      await call('listTasks', query);
      const wanted = tasks
        .map((task) => task.snapshot)
        .filter(
          ({ name, status, tags }) =>
            (!query.name || name === query.name) &&
            (!query.tag || tags.includes(query.tag)) &&
            (!query.status || isTerminal(status) === (query.status === 'finished')),
        );
      return { tasks: wanted.reverse(), ...(watches && { watchCursor: 'now' }) };
    },
    async retryTask(taskId, options) {
      await call('retryTask', taskId, ...(options ? [options] : []));
      const old = find(taskId);
      const { params = {}, name = CUSTOMER_CONNECTION_TASK } = old?.snapshot ?? {};
      return { id: add({ params, name, retryOf: String(taskId) }).id };
    },
  };

  const watching: Partial<SystemClient> = {
    watchTasks(_filter, handlers) {
      watchers.add(handlers);
      return { close: () => void watchers.delete(handlers) };
    },
  };

  return {
    client: minimal ? required : { ...required, ...abilities, ...(watches && watching) },
    tasks,
    calls,
    add,
    get task() {
      const task = tasks.at(-1);
      if (!task) throw new Error('No task was started yet');
      return task;
    },
    get openStreams() {
      return tasks.reduce((sum, task) => sum + task.followers, 0);
    },
    refuse(method, error) {
      refusals.set(method, [...(refusals.get(method) ?? []), error]);
    },
    hold() {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        gate = undefined;
        release();
      };
    },
  };
}
