import { pause } from '../../../../backend/common/pause.ts';
import { type LogLine, MAX_LOG_LINES } from '../../../../src/contract/index.ts';
import type { LineRows } from '../rows/LineRows.ts';

/** Lines that go to the database in one statement, and how many may wait before the task has to. */
const BATCH = 1_000;
const MAX_WAITING = 5_000;
/** Lines wait so long for others. */
const GATHER_MS = 500;
/** While the database is away, a task with too many lines waits so long at each progress call. */
const RETRY_MS = 500;
/** Lines beyond those that are kept are deleted after so many new ones. */
const CUT_EVERY = 5_000;

/** Writes the lines of one attempt's log to the database: one statement at a time, in order. */
export class LineWriter {
  readonly #rows: LineRows;
  readonly #taskId: string;
  readonly #signal: AbortSignal;
  #waiting: LogLine[] = [];
  #uncut = 0;
  #writing: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `signal` ends the wait for a database that is away. */
  constructor(rows: LineRows, taskId: string, signal: AbortSignal) {
    this.#rows = rows;
    this.#taskId = taskId;
    this.#signal = signal;
  }

  add(line: LogLine): void {
    this.#waiting.push(line);
    // A task that never awaits its progress cannot be made to wait.
    if (this.#waiting.length > MAX_LOG_LINES) this.#waiting.splice(0, BATCH);
    if (this.#waiting.length >= BATCH) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), GATHER_MS).unref();
  }

  /** Resolves while not too much waits. */
  async room(): Promise<void> {
    if (this.#waiting.length <= MAX_WAITING) return;
    await this.#start().catch(() => pause(RETRY_MS, this.#signal));
  }

  /** Resolves once all are written. Rejects with why they could not be written. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing) await this.#start();
  }

  #start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const writing =
      this.#writing ??
      this.#write().finally(() => {
        this.#writing = undefined;
      });
    this.#writing = writing;
    // Whoever waits for it gets the error, and those that failed are written again by then.
    writing.catch(() => {});
    return writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        await this.#rows.write(this.#taskId, batch);
      } catch (error) {
        this.#waiting.unshift(...batch);
        throw error;
      }
      this.#uncut += batch.length;
      if (this.#uncut < CUT_EVERY) continue;
      this.#uncut = 0;
      await this.#rows.cut(this.#taskId);
    }
  }
}
