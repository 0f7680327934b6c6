import { pause } from '../../../../backend/common/pause.ts';
import { EventLog } from '../../../../backend/tasks/EventLog.ts';
import type { NewEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { lineOf } from '../../../../backend/tasks/logPages.ts';
import type { RunLog } from '../../../../backend/tasks/RunLog.ts';
import type { ItemSummary, LogLine, TaskSnapshot } from '../../../../src/contract/index.ts';
import { type EncodedEvent, encodeEvent } from '../logs/eventCodec.ts';
import type { RedisLogs } from '../logs/RedisLogs.ts';

/** Events that go to Redis in one call, and how many may wait before the task has to. Characters bound both as well. */
const BATCH = 100;
const BATCH_CHARS = 2 ** 20;
const MAX_WAITING = 1_000;
const MAX_WAITING_CHARS = 8 * 2 ** 20;
const RETRY_MS = 500;
/** A snapshot waits this long for events of the task, so that they go to Redis in the same call. */
const GATHER_MS = 50;

/**
 * The log of one attempt, on its way to Redis: one call at a time, in order. While Redis is away events wait; what is
 * sent again after a lost answer is logged once.
 */
export class AttemptLogWriter implements RunLog {
  readonly #logs: RedisLogs;
  readonly #local: EventLog;
  readonly #counted: boolean;
  readonly #onFenced: () => void;
  readonly #onLine: (line: LogLine) => void;
  readonly #closed = new AbortController();
  readonly #onProblem: ((message: string, error: unknown) => void) | undefined;
  #waiting: { event: EncodedEvent; chars: number; items: ItemSummary | undefined }[] = [];
  #waitingChars = 0;
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
   * process writes on behalf of an attempt that has counted its own events. `onProblem` receives the reason whenever Redis
   * did not take events; they are sent again.
   */
  constructor(
    logs: RedisLogs,
    task: TaskSnapshot,
    {
      onFenced = () => {},
      onLine = () => {},
      counted = true,
      onProblem,
    }: {
      onFenced?: () => void;
      /** Keeps the lines of the log beyond what Redis keeps. */
      onLine?: (line: LogLine) => void;
      counted?: boolean;
      onProblem?: ((message: string, error: unknown) => void) | undefined;
    } = {},
  ) {
    this.#counted = counted;
    this.#logs = logs;
    this.#local = new EventLog(task, 1);
    this.#seq = task.seq;
    this.#onFenced = onFenced;
    this.#onLine = onLine;
    this.#onProblem = onProblem;
  }

  get task(): TaskSnapshot {
    return this.#local.task;
  }

  append(event: NewEvent): void {
    if (this.#fenced) return;
    this.#local.append(event);
    if (event.type === 'log') this.#onLine(lineOf(event, this.#local.task.attempt));
    const { task } = this.#local;
    const encoded = encodeEvent(event, task);
    const chars = encoded.reduce((sum, text) => sum + text.length, 0);
    const items = event.type === 'items' ? task.items : undefined;
    this.#waiting.push({ event: encoded, chars, items });
    this.#waitingChars += chars;
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
    if (this.#waiting.length > MAX_WAITING || this.#waitingChars > MAX_WAITING_CHARS) await this.#sending;
  }

  /** Gives up on what waits. */
  close(): void {
    this.#hurry?.();
    this.#closed.abort();
  }

  async #send(): Promise<void> {
    await this.#gather();
    while (this.#waiting.length > 0 && !this.#fenced && !this.#closed.signal.aborted) {
      const batch = this.#nextBatch();
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
      } catch (error) {
        // Redis is away or refuses them: the events wait for it.
        this.#onProblem?.(`Events of task ${this.task.id} wait for Redis`, error);
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

  /** As many of the waiting events as go in one call, and at least one. */
  #nextBatch() {
    let chars = 0;
    const end = this.#waiting.findIndex((each, i) => {
      chars += each.chars;
      return i > 0 && (i >= BATCH || chars > BATCH_CHARS);
    });
    return this.#waiting.slice(0, end === -1 ? undefined : end);
  }

  #took(count: number, seq: number): void {
    for (const { chars } of this.#waiting.slice(0, count)) this.#waitingChars -= chars;
    this.#waiting = this.#waiting.slice(count);
    this.#sent += count;
    this.#seq = seq;
  }

  #fence(): void {
    this.#fenced = true;
    this.#waiting = [];
    this.#waitingChars = 0;
    this.#onFenced();
  }
}
