import { pause } from '../../../../backend/common/pause.ts';
import { EventLog } from '../../../../backend/tasks/EventLog.ts';
import type { NewEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import type { RunLog } from '../../../../backend/tasks/RunLog.ts';
import type { ItemSummary, TaskSnapshot } from '../../../../src/contract/index.ts';
import { type EncodedEvent, encodeEvent } from '../logs/eventCodec.ts';
import type { RedisLogs } from '../logs/RedisLogs.ts';

/** Events that go to Redis in one call, and how many may wait before the task has to. */
const BATCH = 100;
const MAX_WAITING = 1_000;
const RETRY_MS = 500;
/** A snapshot waits this long for events of the task, so that they go to Redis in the same call. */
const GATHER_MS = 25;

/**
 * The log of one attempt, on its way to Redis: one call at a time, in order. While Redis is away events wait; what is
 * sent again after a lost answer is logged once.
 */
export class AttemptLogWriter implements RunLog {
  readonly #logs: RedisLogs;
  readonly #local: EventLog;
  readonly #counted: boolean;
  readonly #onFenced: () => void;
  readonly #closed = new AbortController();
  #waiting: { event: EncodedEvent; items: ItemSummary | undefined }[] = [];
  /** The summary of the items that were sent so far. */
  #sentItems: ItemSummary | undefined;
  #sent = 0;
  #seq: number;
  #fenced = false;
  #sending: Promise<void> | undefined;
  /** Sends what is being gathered; undefined where nothing is. */
  #hurry: (() => void) | undefined;

  /**
   * `onFenced`: a later attempt has the log, and the writer drops this one's further events. `counted` false: another
   * process writes on behalf of an attempt that has counted its own events.
   */
  constructor(
    logs: RedisLogs,
    task: TaskSnapshot,
    { onFenced = () => {}, counted = true }: { onFenced?: () => void; counted?: boolean } = {},
  ) {
    this.#counted = counted;
    this.#logs = logs;
    this.#local = new EventLog(task, 1);
    this.#seq = task.seq;
    this.#onFenced = onFenced;
  }

  get task(): TaskSnapshot {
    return this.#local.task;
  }

  append(event: NewEvent): void {
    if (this.#fenced) return;
    this.#local.append(event);
    const { task } = this.#local;
    this.#waiting.push({
      event: encodeEvent(event, task),
      items: event.type === 'items' ? task.items : undefined,
    });
    this.#sending ??= this.#send();
    // Events of the same turn of the event loop go in the same call.
    if (this.#hurry && event.type !== 'snapshot') setImmediate(this.#hurry);
  }

  /** Resolves with the newest number once all is logged; undefined where this attempt is fenced off or closed. */
  async flush(): Promise<number | undefined> {
    await this.sent();
    return this.#fenced || this.#waiting.length > 0 ? undefined : this.#seq;
  }

  /** Resolves when all that was appended is logged, or is not going to be. */
  async sent(): Promise<void> {
    this.#hurry?.();
    await this.#sending;
  }

  /** Resolves while not too much waits. */
  async room(): Promise<void> {
    if (this.#waiting.length > MAX_WAITING) await this.#sending;
  }

  /** Gives up on what waits. */
  close(): void {
    this.#hurry?.();
    this.#closed.abort();
  }

  async #send(): Promise<void> {
    await this.#gather();
    while (this.#waiting.length > 0 && !this.#fenced && !this.#closed.signal.aborted) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        const { items: _, ...task } = this.#local.task;
        // Written as JSON once a call, however many events there are about items.
        const items = batch.findLast((each) => each.items !== undefined)?.items;
        const seq = await this.#logs.append(
          { ...task, ...(this.#sentItems && { items: this.#sentItems }) },
          this.#counted ? this.#sent + 1 : 0,
          batch.map(({ event }) => event),
          items,
        );
        if (seq === 'fenced') this.#fence();
        else this.#took(batch.length, seq);
        this.#sentItems = items ?? this.#sentItems;
      } catch {
        // Redis is away, and says so where it is connected: the events wait for it.
        await pause(RETRY_MS, this.#closed.signal);
      }
    }
    this.#sending = undefined;
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        // Called late, it must not take away what hurries the next ones.
        if (this.#hurry === go) this.#hurry = undefined;
        resolve();
      };
      const timer = setTimeout(go, GATHER_MS);
      this.#hurry = go;
    });
  }

  #took(count: number, seq: number): void {
    this.#waiting = this.#waiting.slice(count);
    this.#sent += count;
    this.#seq = seq;
  }

  #fence(): void {
    this.#fenced = true;
    this.#waiting = [];
    this.#onFenced();
  }
}
