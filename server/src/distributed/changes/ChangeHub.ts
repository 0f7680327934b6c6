import type { Redis } from 'ioredis';
import { pause } from '../../../../backend/common/pause.ts';
import type { TaskObserver } from '../../../../backend/tasks/TaskObserver.ts';
import { ChangeFeed } from '../../../../backend/tasks/watch/ChangeFeed.ts';
import type { ChangedTask, ChangeSource } from '../../../../backend/tasks/watch/ChangeSource.ts';
import type { TaskSelection } from '../../../../backend/tasks/watch/TaskSelection.ts';
import type { Watcher } from '../../../../backend/tasks/watch/Watcher.ts';
import { inTime } from '../../common/inTime.ts';
import type { DesignRows } from '../rows/DesignRows.ts';
import { ChangeAudit } from './ChangeAudit.ts';
import type { ChangedRows } from './ChangedRows.ts';
import type { ChangeReads, ReadTask } from './ChangeReads.ts';
import { DesignAudit } from './DesignAudit.ts';
import { KnownTasks } from './KnownTasks.ts';
import type { ChangesHead, RedisChanges } from './RedisChanges.ts';

/** Changes are gathered for so long before the tasks are read, and so many are read at once. */
const GATHER_MS = 50;
const READ_AT_ONCE = 500;
const RETRY_MS = 500;
/** The subscriber's commands wait for a Redis that is away. Clients do not wait longer than this. */
const ANSWER_MS = 5_000;
/** This often the hub compares with Redis and the tables what it heard. */
const AUDIT_MS = 2_000;

export interface ChangeHubParts {
  changes: RedisChanges;
  reads: ChangeReads;
  rows: ChangedRows;
  designs: DesignRows;
  logs: ConstructorParameters<typeof ChangeAudit>[0]['logs'];
  /** The connection that subscribes. */
  subscriber: Redis;
  observer: TaskObserver;
}

/**
 * The changes of a deployment as one server's watchers see them, while there are watchers: one subscription, and one read for
 * each task that changed, however many watch. Numbers are dense, so the hub notices what Redis did not deliver.
 */
export class ChangeHub implements ChangeSource {
  readonly feed: ChangeFeed;
  readonly #parts: ChangeHubParts;
  readonly #known = new KnownTasks();
  readonly #audit: ChangeAudit;
  readonly #designs: DesignAudit;
  readonly #closed = new AbortController();
  #epoch: string;
  /** The newest number that was heard of. */
  #heard: number;
  /** Tasks that changed and were not read yet, in order of their numbers. */
  #pending = new Map<string, number>();
  #reading: Promise<void> | undefined;
  #readingSome: Promise<void> | undefined;
  #comparing: Promise<void> | undefined;
  /** Something was heard of that the comparison which is on its way may not have seen. */
  #isBehind = false;
  readonly #auditing: Promise<void>;

  private constructor(parts: ChangeHubParts, { epoch, number }: ChangesHead) {
    this.#parts = parts;
    this.#epoch = epoch;
    this.#heard = number;
    this.feed = new ChangeFeed(this, epoch, number);
    this.#audit = new ChangeAudit({ ...parts, known: this.#known });
    this.#designs = new DesignAudit(parts.designs);
    parts.subscriber.on('message', this.#onMessage);
    parts.subscriber.on('ready', this.#onReady);
    this.#auditing = this.#auditOn();
  }

  /** Rejects where Redis is away. */
  static async open(parts: ChangeHubParts): Promise<ChangeHub> {
    const { subscriber, changes } = parts;
    const message = 'Command timed out: Redis does not answer, so tasks cannot be watched';
    try {
      // First the subscription, then the newest number: what changes in between is heard of, and read from the set.
      await inTime(subscriber.subscribe(changes.channel), ANSWER_MS, message);
      return new ChangeHub(parts, await changes.head());
    } catch (error) {
      subscriber.unsubscribe(changes.channel).catch(() => {});
      throw error;
    }
  }

  async watch(selection: TaskSelection, after: string | undefined): Promise<Watcher> {
    // The cursor may be newer than this server: another one gave it, or a list that was read a moment ago.
    if (after !== undefined) {
      await this.#compare();
      const upTo = this.#heard;
      const isReading = () => this.#pending.size > 0 || this.#readingSome !== undefined;
      while (this.feed.number < upTo && isReading() && !this.#closed.signal.aborted) await this.#read();
    }
    return this.feed.open(selection, after);
  }

  between(after: number, upTo: number): Promise<readonly ChangedTask[] | undefined> {
    return this.#parts.changes.between(this.#epoch, after, upTo);
  }

  async load(tasks: readonly ChangedTask[]): Promise<ReadonlySet<string>> {
    const epoch = this.#epoch;
    const found = await this.#parts.reads.read(tasks.map(({ taskId }) => taskId));
    for (const { taskId, number } of tasks) {
      const task = found.get(taskId);
      // It has changed again meanwhile where the feed has it.
      if (!task || epoch !== this.#epoch || this.feed.latest(taskId)) continue;
      this.feed.add(taskId, number, () => task);
      this.#keep(taskId, task);
    }
    return new Set(found.keys());
  }

  async close(): Promise<void> {
    const { subscriber, changes } = this.#parts;
    this.#closed.abort();
    subscriber.off('message', this.#onMessage);
    subscriber.off('ready', this.#onReady);
    // Once Redis is back it does not know the subscription anyway.
    subscriber.unsubscribe(changes.channel).catch(() => {});
    this.feed.close();
    await this.#auditing;
    await this.#comparing;
    await this.#reading;
  }

  readonly #onMessage = (channel: string, message: string): void => {
    if (channel !== this.#parts.changes.channel) return;
    const space = message.indexOf(' ');
    const number = Number(message.slice(0, space));
    if (number === this.#heard + 1) {
      this.#heard = number;
      this.#hear(message.slice(space + 1), number);
    } else {
      // A number is missing, or the numbers have begun again.
      this.#isBehind = true;
      this.#compare().catch(this.#report);
    }
  };

  readonly #onReady = (): void => {
    this.#compare().catch(this.#report);
  };

  readonly #report = (error: unknown): void => {
    this.#parts.observer.problem?.('The changes of tasks could not be read; watchers wait', error);
  };

  #hear(taskId: string, number: number): void {
    this.#pending.delete(taskId);
    this.#pending.set(taskId, number);
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
  }

  async #readOn(): Promise<void> {
    const { signal } = this.#closed;
    while (this.#pending.size > 0 && !signal.aborted) {
      await pause(GATHER_MS, signal);
      await this.#read();
    }
  }

  /** Hears of what Redis has and did not deliver. */
  #compare(): Promise<void> {
    this.#comparing ??= this.#compareUntilEven().finally(() => {
      this.#comparing = undefined;
    });
    return this.#comparing;
  }

  async #compareUntilEven(): Promise<void> {
    do {
      this.#isBehind = false;
      await this.#compareNow();
    } while (this.#isBehind && !this.#closed.signal.aborted);
  }

  async #compareNow(): Promise<void> {
    const { changes } = this.#parts;
    const head = await changes.head();
    if (this.#closed.signal.aborted) return;
    if (head.epoch === this.#epoch && head.number === this.#heard) return;
    const from = this.#heard;
    const missed =
      head.epoch === this.#epoch && head.number > from
        ? await changes.between(this.#epoch, from, head.number)
        : undefined;
    if (this.#closed.signal.aborted) return;
    if (missed) {
      // Some of them were delivered meanwhile. Numbers must not fall, because cursors follow them.
      const heard = this.#heard;
      this.#heard = Math.max(heard, head.number);
      for (const { taskId, number } of missed) if (number > heard) this.#hear(taskId, number);
    } else if (head.epoch !== this.#epoch || head.number > this.#heard) {
      this.#epoch = head.epoch;
      this.#heard = head.number;
      this.#pending.clear();
      this.#known.clear();
      this.feed.reset(head.epoch, head.number);
    }
  }

  /** Reads the first of the pending tasks, one call at a time. */
  #read(): Promise<void> {
    this.#readingSome ??= this.#readSome().finally(() => {
      this.#readingSome = undefined;
    });
    return this.#readingSome;
  }

  async #readSome(): Promise<void> {
    const { signal } = this.#closed;
    const epoch = this.#epoch;
    const some = [...this.#pending].slice(0, READ_AT_ONCE);
    for (const [id] of some) this.#pending.delete(id);
    try {
      const found = await this.#parts.reads.read(some.map(([id]) => id));
      if (epoch !== this.#epoch) return;
      for (const [id, number] of some) {
        const task = found.get(id);
        if (!task) continue;
        this.feed.push(id, number, () => task);
        this.#keep(id, task);
      }
      this.feed.skipTo(some.at(-1)?.[1] ?? 0);
    } catch (error) {
      if (signal.aborted) return;
      this.#report(error);
      if (epoch === this.#epoch) {
        // They go in front of those that came meanwhile, which may name the same tasks with higher numbers.
        const later = this.#pending;
        this.#pending = new Map(some.filter(([id]) => !later.has(id)));
        for (const [id, number] of later) this.#pending.set(id, number);
      }
      await pause(RETRY_MS, signal);
    }
  }

  #keep(id: string, task: ReadTask): void {
    for (const oldest of this.#known.keep(id, task)) this.feed.forget(oldest);
  }

  async #auditOn(): Promise<void> {
    const { signal } = this.#closed;
    for (; !signal.aborted; await pause(AUDIT_MS, signal)) {
      try {
        // A connection that died silently delivers nothing and reports nothing.
        await this.#compare();
        await this.#announce(await this.#audit.look());
        await this.#announce(await this.#designs.look());
      } catch (error) {
        if (!signal.aborted) this.#report(error);
      }
    }
  }

  async #announce(ids: readonly string[]): Promise<void> {
    if (ids.length > 0 && !this.#closed.signal.aborted) await this.#parts.changes.announce(ids);
  }
}
