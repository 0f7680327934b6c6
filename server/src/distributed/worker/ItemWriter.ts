import { pause } from '../../../../backend/common/pause.ts';
import type { TaskItem } from '../../../../src/contract/index.ts';
import type { ItemRows } from '../rows/ItemRows.ts';

/** Items that go to the database in one statement, and how many may wait before the task has to. */
const BATCH = 1_000;
const MAX_WAITING = 5_000;
/** Items wait so long for others. */
const GATHER_MS = 500;
/** While the database is away, a task with too many items waits so long at each progress call. */
const RETRY_MS = 500;

/** Writes how the items of one attempt ended, on their way to the database: one statement at a time, in order. */
export class ItemWriter {
  readonly #rows: ItemRows;
  readonly #attempt: { id: string; attempt: number };
  /** The newest report of each item. */
  #waiting = new Map<string, TaskItem>();
  #written = 0;
  #writing: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #signal: AbortSignal;

  /** `signal` ends the wait for a database that is away. */
  constructor(rows: ItemRows, attempt: { id: string; attempt: number }, signal: AbortSignal) {
    this.#rows = rows;
    this.#attempt = attempt;
    this.#signal = signal;
  }

  add(items: readonly TaskItem[]): void {
    for (const item of items) this.#waiting.set(item.id, item);
    if (this.#waiting.size >= BATCH) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), GATHER_MS).unref();
  }

  /** Resolves while not too much waits. A database that is away is no fault of the task, which waits a while then. */
  async room(): Promise<void> {
    if (this.#waiting.size <= MAX_WAITING) return;
    await this.#start().catch(() => pause(RETRY_MS, this.#signal));
  }

  /** Resolves once all are written. Rejects with why they could not be written. */
  async flush(): Promise<void> {
    while (this.#waiting.size > 0 || this.#writing) await this.#start();
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
    if (this.#written === 0 && this.#attempt.attempt > 1) await this.#rows.forgetBefore(this.#attempt);
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting.values()].slice(0, BATCH);
      await this.#rows.write(this.#attempt, this.#written + 1, batch);
      this.#written += batch.length;
      for (const item of batch) if (this.#waiting.get(item.id) === item) this.#waiting.delete(item.id);
    }
  }
}
