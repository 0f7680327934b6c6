import type {
  ConnectionState,
  ListQuery,
  SystemClient,
  WatchHandlers,
} from '../../src/client/SystemClient.ts';
import { type BulkRequest, fitsStatus, isTerminal, type TaskSnapshot } from '../../src/contract/index.ts';

/** A scripted task server for tests of the monitor: its lists, and a watch that says what the test says. */
export interface MonitorSystem {
  client: SystemClient;
  calls: {
    method: string;
    id?: string | undefined;
    query?: ListQuery | undefined;
    bulk?: BulkRequest;
  }[];
  /** The watches that are open. */
  watches: Set<WatchHandlers>;
  /** Adds or changes a task, and says it to all watches. */
  put(task: Partial<TaskSnapshot> & { id: string }): TaskSnapshot;
  gone(id: string): void;
  connection(state: ConnectionState): void;
  /** The connection is lost for now, also for watches to come. The next try is in `ms` milliseconds. */
  lose(ms: number): void;
  /** The next call of a method rejects with this. */
  refuse(method: string, error: unknown): void;
}

/** @param atMs the server's clock at the start, Unix time in milliseconds */
export function createMonitorSystem({
  atMs = Date.now(),
  without = [],
  isSilent = false,
  counts = false,
}: {
  atMs?: number;
  without?: (keyof SystemClient)[];
  /** The lists are never answered. */
  isSilent?: boolean;
  /** The server counts tasks, and acts on many by a task of its own. */
  counts?: boolean;
} = {}): MonitorSystem {
  const tasks = new Map<string, TaskSnapshot>();
  const calls: MonitorSystem['calls'] = [];
  const watches = new Set<WatchHandlers>();
  const refusals = new Map<string, unknown[]>();
  let seq = 0;
  let connection: ConnectionState = { state: 'live' };
  const call = async (method: string, id?: string, query?: ListQuery) => {
    calls.push({ method, id, query });
    if (isSilent) await new Promise(() => undefined);
    const refusal = refusals.get(method)?.shift();
    if (refusal) throw refusal;
  };
  const put: MonitorSystem['put'] = (change) => {
    seq += 1;
    const task: TaskSnapshot = {
      name: 'customer_connection_task',
      queue: 'default',
      status: 'queued',
      progress: { percent: null, step: null, message: '' },
      params: { design: 'design/FTTH-North' },
      owner: 'mara',
      tags: [],
      createdAt: new Date(atMs - 60_000 + seq).toISOString(),
      attempt: 1,
      ...tasks.get(change.id),
      ...change,
      seq,
    };
    tasks.set(task.id, task);
    for (const each of [...watches]) each.onTask(task);
    return task;
  };
  const client: SystemClient = {
    enqueueTask: async () => ({ id: 'new' }),
    streamTaskProgress: () => ({ close() {} }),
    async listTasks(query = {}) {
      await call('listTasks', undefined, query);
      const { status, owner, cursor, limit = 50 } = query;
      const fitting = [...tasks.values()]
        .filter((task) => !status || isTerminal(task.status) === (status === 'finished'))
        .filter((task) => owner !== 'me' || task.owner === 'mara')
        .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
      const from = Number(cursor ?? 0);
      const more = fitting.length > from + limit;
      return {
        tasks: fitting.slice(from, from + limit),
        watchCursor: String(seq),
        ...(more && { nextCursor: String(from + limit) }),
      };
    },
    watchTasks({ owner }, handlers) {
      const own: WatchHandlers = {
        ...handlers,
        onTask(task) {
          if (task.owner === 'mara') handlers.onTask(task);
        },
      };
      const watch = owner === 'me' ? own : handlers;
      watches.add(watch);
      queueMicrotask(() => handlers.onConnection?.(connection));
      return { close: () => void watches.delete(watch) };
    },
    async cancelTask(id) {
      await call('cancelTask', String(id));
      put({ id: String(id), cancelRequested: true, cancelledBy: 'mara' });
    },
    async getTask(id) {
      const task = tasks.get(String(id));
      if (!task) throw { code: 'task-not-found', message: 'gone' };
      return task;
    },
    async retryTask(id, options) {
      await call(options?.items ? 'retryFailed' : 'retryTask', String(id));
      return { id: put({ id: `again-${id}`, retryOf: String(id) }).id };
    },
    async clearTask(id) {
      await call('clearTask', String(id));
      tasks.delete(String(id));
    },
  };
  if (counts) {
    client.countTasks = async (filter = {}) => {
      await call('countTasks', undefined, filter);
      const byStatus = { queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
      let others = 0;
      for (const { status, owner } of tasks.values()) {
        if (filter.status && !fitsStatus(status, filter.status)) continue;
        if (filter.owner === 'me' && owner !== 'mara') continue;
        byStatus[status] += 1;
        if (owner !== 'mara') others += 1;
      }
      return { byStatus, others };
    };
    client.bulkTasks = async (request) => {
      calls.push({ method: 'bulkTasks', bulk: request });
      return { id: 'bulk' };
    };
  }
  for (const method of without) delete client[method];
  return {
    client,
    calls,
    watches,
    put,
    gone(id) {
      tasks.delete(id);
      for (const each of [...watches]) each.onGone(id);
    },
    lose(ms) {
      connection = { state: 'reconnecting', attempt: 2, retryAt: Date.now() + ms, reason: 'lost' };
    },
    connection(state) {
      for (const each of [...watches]) each.onConnection?.(state);
    },
    refuse(method, error) {
      refusals.set(method, [...(refusals.get(method) ?? []), error]);
    },
  };
}
