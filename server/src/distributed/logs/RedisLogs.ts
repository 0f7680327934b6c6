import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { NO_PROGRESS } from '../../../../backend/tasks/newTask.ts';
import type {
  GeoFeature,
  ItemSummary,
  TaskEvent,
  TaskProgress,
  TaskSnapshot,
} from '../../../../src/contract/index.ts';
import { APPEND_SCRIPT } from './appendScript.ts';
import { decodeEvent, type EncodedEvent } from './loggedEvent.ts';
import type { TaskKeys } from './taskKeys.ts';

/** Clients can read the events of an ended task from a cursor for this long. Afterwards they get a snapshot. */
const KEEP_ENDED_SECONDS = 3_600;
const APPEND = { text: APPEND_SCRIPT, sha1: createHash('sha1').update(APPEND_SCRIPT).digest('hex') };

/** The state of a task in its log, which is newer than its row. */
export interface LiveState {
  seq: number;
  attempt: number;
  ended: boolean;
  progress: TaskProgress;
  /** The summary of the items. Undefined: there are none. */
  items?: ItemSummary;
}

/** The event logs of all tasks, on Redis. */
export class RedisLogs {
  readonly #redis: Redis;
  readonly #keys: TaskKeys;
  readonly #eventsPerTask: number;

  constructor(redis: Redis, keys: TaskKeys, { eventsPerTask = 5_000 }: { eventsPerTask?: number } = {}) {
    this.#redis = redis;
    this.#keys = keys;
    this.#eventsPerTask = eventsPerTask;
  }

  /**
   * Logs events of an attempt; `first` counts them within it, from 1, so that what is sent twice is logged once (0: not
   * counted). `items`: what the items add up to after these events, where one of them is about items. Gives the newest
   * number, or 'fenced' where a later attempt has the log. `task`: what a log begins with that is not there (yet, or
   * any more).
   */
  async append(
    task: TaskSnapshot,
    first: number,
    events: readonly EncodedEvent[],
    items?: ItemSummary,
  ): Promise<number | 'fenced'> {
    const seq = await this.#append(task, first, events, items, first <= 1);
    if (seq === -1) return 'fenced';
    return seq === -2 ? this.append(task, 0, events, items) : seq;
  }

  async #append(
    task: TaskSnapshot,
    first: number,
    events: readonly EncodedEvent[],
    items: ItemSummary | undefined,
    mayBegin: boolean,
  ): Promise<number> {
    const { id, attempt } = task;
    const seq = await this.#run(
      APPEND,
      3,
      this.#keys.state(id),
      this.#keys.events(id),
      this.#keys.features(id),
      attempt,
      first,
      this.#keys.channel(id),
      this.#eventsPerTask,
      KEEP_ENDED_SECONDS,
      items ? JSON.stringify(items) : '',
      ...(mayBegin ? beginningOf(task, first) : ['', '', '', '', '']),
      ...events.flat(),
    );
    if (typeof seq !== 'number') throw new Error(`Redis answered ${String(seq)} to an append`);
    return seq;
  }

  async states(ids: readonly string[]): Promise<Map<string, LiveState>> {
    const found = new Map<string, LiveState>();
    if (ids.length === 0) return found;
    const pipeline = this.#redis.pipeline();
    for (const id of ids)
      pipeline.hmget(this.#keys.state(id), 'seq', 'attempt', 'ended', 'progress', 'items');
    const answers = (await pipeline.exec()) ?? [];
    for (const [i, id] of ids.entries()) {
      const [error, values] = answers[i] ?? [];
      if (error) throw error;
      const state = readState(values);
      if (state) found.set(id, state);
    }
    return found;
  }

  /** All that is kept of a log, as of one moment. Undefined: nothing. */
  async load(
    id: string,
  ): Promise<{ state: LiveState; events: TaskEvent[]; features: GeoFeature[] } | undefined> {
    const [state, lists, entries] = await this.#all(
      this.#redis
        .multi()
        .hmget(this.#keys.state(id), 'seq', 'attempt', 'ended', 'progress', 'items')
        .lrange(this.#keys.features(id), 0, -1)
        .xrange(this.#keys.events(id), '-', '+'),
    );
    const live = readState(state);
    if (!live) return undefined;
    const texts: unknown[] = Array.isArray(lists) ? lists : [];
    const features = texts.flatMap((text): GeoFeature[] => JSON.parse(String(text)));
    return { state: live, events: readEntries(id, entries), features };
  }

  /** The events after a number, as far as they are kept. */
  async after(id: string, seq: number): Promise<TaskEvent[]> {
    return readEntries(id, await this.#redis.xrange(this.#keys.events(id), `(${seq}-0`, '+'));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const pipeline = this.#redis.pipeline();
    for (const id of ids) pipeline.del(this.#keys.state(id), this.#keys.events(id), this.#keys.features(id));
    await pipeline.exec();
  }

  async #run(
    script: { text: string; sha1: string },
    keyCount: number,
    ...args: (string | number)[]
  ): Promise<unknown> {
    try {
      return await this.#redis.evalsha(script.sha1, keyCount, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.#redis.eval(script.text, keyCount, ...args);
    }
  }

  async #all(transaction: ReturnType<Redis['multi']>): Promise<unknown[]> {
    const answers = await transaction.exec();
    if (!answers) throw new Error('Redis gave up a transaction');
    return answers.map(([error, value]) => {
      if (error) throw error;
      return value;
    });
  }
}

/**
 * A log begins with the task waiting, as number 1. One that was there and that Redis lost goes on further than anyone
 * can have counted in it: with the milliseconds since 1970.
 */
function beginningOf(
  task: TaskSnapshot,
  first: number,
): [seq: number, at: string, data: string, progress: string, items: string] {
  const isNew = task.attempt === 1 && (first === 1 || task.startedAt === undefined);
  const { progress, items, startedAt: _, finishedAt: __, result: ___, error: ____, ...rest } = task;
  const waiting = isNew
    ? { ...rest, status: 'queued' }
    : { ...rest, startedAt: task.startedAt, ...(items && { items }) };
  const shown = isNew ? NO_PROGRESS : progress;
  return [
    isNew ? 1 : Date.now(),
    isNew ? task.createdAt : new Date().toISOString(),
    JSON.stringify({ task: waiting }),
    JSON.stringify(shown),
    items && !isNew ? JSON.stringify(items) : '',
  ];
}

function readState(values: unknown): LiveState | undefined {
  if (!Array.isArray(values) || typeof values[0] !== 'string') return undefined;
  const [seq, attempt, ended, progress, items]: unknown[] = values;
  return {
    seq: Number(seq),
    attempt: Number(attempt),
    ended: ended === '1',
    progress: typeof progress === 'string' ? JSON.parse(progress) : NO_PROGRESS,
    ...(typeof items === 'string' && items !== '' && { items: JSON.parse(items) }),
  };
}

function readEntries(taskId: string, entries: unknown): TaskEvent[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap(([entryId, fields]: [string, string[]]) => {
    // In the order in which APPEND_SCRIPT wrote them.
    const [, type = '', , attempt, , at = '', , data = '', , progress = ''] = fields;
    const seq = Number.parseInt(entryId, 10);
    const event = decodeEvent(taskId, { seq, attempt: Number(attempt), type, at, progress, data });
    return event ? [event] : [];
  });
}
