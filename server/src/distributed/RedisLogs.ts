import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { NO_PROGRESS } from '../../../backend/tasks/newTask.ts';
import type { GeoFeature, TaskEvent, TaskProgress, TaskSnapshot } from '../../../src/contract.ts';
import { APPEND_SCRIPT, BEGIN_SCRIPT } from './appendScript.ts';
import { decodeEvent, type EncodedEvent } from './loggedEvent.ts';
import type { TaskKeys } from './taskKeys.ts';

/** How long the events of a task that has ended can be read on from a cursor; afterwards there is a snapshot. */
const KEEP_ENDED_SECONDS = 3_600;
const APPEND = named(APPEND_SCRIPT);
const BEGIN = named(BEGIN_SCRIPT);

/** What a log knows of a task that its row does not yet. */
export interface LiveState {
  seq: number;
  attempt: number;
  ended: boolean;
  progress: TaskProgress;
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

  /** Begins the log of a new task with its snapshot. */
  async begin(task: TaskSnapshot): Promise<void> {
    await this.#begin(task, task.seq);
  }

  /** Begins a log that Redis lost, where nobody else has: milliseconds since 1970 are further than anyone counted in it. */
  async beginAgain(task: TaskSnapshot): Promise<void> {
    await this.#begin(task, Date.now());
  }

  /**
   * Logs events of an attempt; `first` counts them within it, from 1, so that what is sent twice is logged once (0: not
   * counted). Gives the newest number, or 'fenced' where a later attempt has the log. `task`: what to begin the log with
   * where Redis lost it.
   */
  async append(
    task: TaskSnapshot,
    first: number,
    events: readonly EncodedEvent[],
  ): Promise<number | 'fenced'> {
    const { id, attempt } = task;
    for (;;) {
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
        ...events.flat(),
      );
      if (typeof seq !== 'number') throw new Error(`Redis answered ${String(seq)} to an append`);
      if (seq >= 0) return seq;
      if (seq === -1) return 'fenced';
      await this.beginAgain(task);
    }
  }

  async states(ids: readonly string[]): Promise<Map<string, LiveState>> {
    const found = new Map<string, LiveState>();
    if (ids.length === 0) return found;
    const pipeline = this.#redis.pipeline();
    for (const id of ids) pipeline.hmget(this.#keys.state(id), 'seq', 'attempt', 'ended', 'progress');
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
        .hmget(this.#keys.state(id), 'seq', 'attempt', 'ended', 'progress')
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

  async #begin({ progress, ...task }: TaskSnapshot, seq: number): Promise<void> {
    const { id, attempt } = task;
    const at = new Date().toISOString();
    const keys = [this.#keys.state(id), this.#keys.events(id)];
    const data = JSON.stringify({ task });
    await this.#run(BEGIN, 2, ...keys, seq, attempt, at, data, JSON.stringify(progress));
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

function named(text: string): { text: string; sha1: string } {
  return { text, sha1: createHash('sha1').update(text).digest('hex') };
}

function readState(values: unknown): LiveState | undefined {
  if (!Array.isArray(values) || typeof values[0] !== 'string') return undefined;
  const [seq, attempt, ended, progress]: unknown[] = values;
  return {
    seq: Number(seq),
    attempt: Number(attempt),
    ended: ended === '1',
    progress: typeof progress === 'string' ? JSON.parse(progress) : NO_PROGRESS,
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
