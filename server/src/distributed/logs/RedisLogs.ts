import type { Redis } from 'ioredis';
import type { LoggedEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { EVENTS_PER_TASK } from '../../../../backend/tasks/logLimits.ts';
import { NO_PROGRESS } from '../../../../backend/tasks/newTask.ts';
import { type LoggedState, logBeginning } from '../../../../backend/tasks/rebuildTask.ts';
import type { ItemSummary, TaskSnapshot } from '../../../../src/contract/index.ts';
import { APPEND_SCRIPT } from './appendScript.ts';
import { decodeEvent, type EncodedEvent } from './eventCodec.ts';
import { runScript, scriptOf } from './runScript.ts';
import type { TaskKeys } from './taskKeys.ts';

/** Clients can read the events of an ended task from a cursor for this long. Afterwards they get a snapshot. */
const KEEP_ENDED_SECONDS = 3_600;
/** Events may be large: Redis must not be asked for all that a task has in one answer. */
export const EVENTS_PER_READ = 100;
const APPEND = scriptOf(APPEND_SCRIPT);

/** The fields of a log's hash that servers read. */
const STATE = ['seq', 'attempt', 'ended', 'progress', 'items', 'built', 'base'];

/** The part of a task's log that Redis still has. */
export interface KeptLog {
  state: LoggedState;
  events: LoggedEvent[];
  /** The events with the newest features of the present attempt, which began with the number `base`. */
  built: LoggedEvent[];
  base: number;
}

/** The event logs of all tasks, on Redis. */
export class RedisLogs {
  readonly #redis: Redis;
  readonly #keys: TaskKeys;

  constructor(redis: Redis, keys: TaskKeys) {
    this.#redis = redis;
    this.#keys = keys;
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
    const seq = await runScript(
      this.#redis,
      APPEND,
      6,
      this.#keys.state(id),
      this.#keys.events(id),
      this.#keys.features(id),
      this.#keys.built(id),
      this.#keys.changesHead,
      this.#keys.changes,
      attempt,
      first,
      this.#keys.channel(id),
      EVENTS_PER_TASK,
      KEEP_ENDED_SECONDS,
      items ? JSON.stringify(items) : '',
      ...(mayBegin ? beginningOf(task, first) : ['', '', '', '', '']),
      this.#keys.changesChannel,
      id,
      ...events.flat(),
    );
    if (typeof seq !== 'number') throw new Error(`Redis answered ${String(seq)} to an append`);
    return seq;
  }

  async states(ids: readonly string[]): Promise<Map<string, LoggedState>> {
    const found = new Map<string, LoggedState>();
    if (ids.length === 0) return found;
    const pipeline = this.#redis.pipeline();
    for (const id of ids) pipeline.hmget(this.#keys.state(id), ...STATE);
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
  async load(id: string): Promise<KeptLog | undefined> {
    const [state, lists, entries] = await this.#all(
      this.#redis
        .multi()
        .hmget(this.#keys.state(id), ...STATE)
        .lrange(this.#keys.features(id), 0, -1)
        .xrange(this.#keys.events(id), '-', '+'),
    );
    const live = readState(state);
    if (!live || !Array.isArray(state)) return undefined;
    const events = readEntries(id, entries);
    const older = olderFeatures(id, live, lists);
    const base = Number(state[STATE.indexOf('base')]) || Math.min(live.seq, older[0]?.seq ?? live.seq) - 1;
    return { state: live, events, built: [...older, ...(await this.#built(id, base, events))], base };
  }

  /**
   * The features of the present attempt. Most of them are among the events, and need not be read again. If another attempt
   * begins meanwhile, its events follow and say so.
   */
  async #built(id: string, base: number, events: readonly LoggedEvent[]): Promise<LoggedEvent[]> {
    const among = events.filter(({ type, seq }) => type === 'features' && seq > base);
    const first = events[0]?.seq ?? 0;
    if (first <= base + 1) return among;
    const earlier = await this.#redis.xrange(this.#keys.built(id), `(${base}-0`, `(${first}-0`);
    return [...readFeatures(id, earlier), ...among];
  }

  /** The next events after a number, as far as they are kept: at most EVENTS_PER_READ. */
  async after(id: string, seq: number): Promise<LoggedEvent[]> {
    const key = this.#keys.events(id);
    return readEntries(id, await this.#redis.xrange(key, `(${seq}-0`, '+', 'COUNT', EVENTS_PER_READ));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const pipeline = this.#redis.pipeline();
    for (const id of ids) {
      const { state, events, features, built } = this.#keys;
      pipeline.del(state(id), events(id), features(id), built(id));
    }
    await pipeline.exec();
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

/** The arguments of APPEND_SCRIPT for a log that is not there. */
function beginningOf(
  task: TaskSnapshot,
  first: number,
): [seq: number, at: string, data: string, progress: string, items: string] {
  const { task: beginning, at } = logBeginning(task, first);
  const { progress, seq, ...rest } = beginning;
  const items = rest.items ? JSON.stringify(rest.items) : '';
  return [seq, at, JSON.stringify({ task: rest }), JSON.stringify(progress), items];
}

function readState(values: unknown): LoggedState | undefined {
  if (!Array.isArray(values) || typeof values[0] !== 'string') return undefined;
  const [seq, attempt, ended, progress, items, built]: unknown[] = values;
  return {
    seq: Number(seq),
    attempt: Number(attempt),
    ended: ended === '1',
    progress: typeof progress === 'string' ? JSON.parse(progress) : NO_PROGRESS,
    ...(typeof items === 'string' && items !== '' && { items: JSON.parse(items) }),
    ...(typeof built === 'string' && built !== '' && { built: JSON.parse(built) }),
  };
}

function readEntries(taskId: string, entries: unknown): LoggedEvent[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap(([entryId, fields]: [string, string[]]) => {
    // In the order in which APPEND_SCRIPT wrote them.
    const [, type = '', , attempt, , at = '', , data = '', , progress = ''] = fields;
    const seq = Number.parseInt(entryId, 10);
    const event = decodeEvent(taskId, { seq, attempt: Number(attempt), type, at, progress, data });
    return event ? [event] : [];
  });
}

function readFeatures(taskId: string, entries: unknown): LoggedEvent[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap(([entryId, fields]: [string, string[]]) => {
    // In the order in which APPEND_SCRIPT wrote them.
    const [, attempt, , at = '', , data = '', , progress = ''] = fields;
    const seq = Number.parseInt(entryId, 10);
    const event = decodeEvent(taskId, {
      seq,
      attempt: Number(attempt),
      type: 'features',
      at,
      progress,
      data,
    });
    return event ? [event] : [];
  });
}

/** Features as workers kept them before events had a bound. Their numbers are lost, so they get the latest there can be. */
function olderFeatures(taskId: string, { seq, attempt }: LoggedState, texts: unknown): LoggedEvent[] {
  if (!Array.isArray(texts)) return [];
  return texts.flatMap((text, i) => {
    const event = decodeEvent(taskId, {
      seq: seq - texts.length + 1 + i,
      attempt,
      type: 'features',
      at: new Date().toISOString(),
      progress: '',
      data: String(text),
    });
    return event ? [event] : [];
  });
}
