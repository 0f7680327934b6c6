import type { StoreTransaction } from '../common/Store.ts';
import type { TaskJournal, TaskRecord } from './TaskJournal.ts';

const SAVE_INTERVAL_MS = 1_000;

/** Writes to a journal in order, per task one call at a time; what changes often is written at most once a second. */
export class JournalWriter<Work extends object> {
  /** The journal's own, with what `record` gives at that moment. Undefined where journal and store are not one. */
  readonly commit:
    | ((id: string, transaction: StoreTransaction<Work>, record: () => TaskRecord) => Promise<void>)
    | undefined;
  readonly #journal: TaskJournal<Work>;
  readonly #last = new Map<string, Promise<void>>();
  readonly #later = new Map<string, { timer: ReturnType<typeof setTimeout>; write: () => void }>();

  #closed = false;

  constructor(journal: TaskJournal<Work>) {
    this.#journal = journal;
    const commit = journal.commit?.bind(journal);
    this.commit =
      commit &&
      ((id, transaction, record) => {
        this.#forget(id);
        return this.#next(id, () => commit(transaction, record()));
      });
  }

  /** Resolves once kept, rejects with the journal's own error. */
  save(record: TaskRecord): Promise<void> {
    this.#forget(record.task.id);
    return this.#next(record.task.id, () => this.#journal.save(record));
  }

  /** Tries again, once an interval, until it is written or something newer of the task is to be. */
  saveWhenPossible(record: TaskRecord): void {
    const { id } = record.task;
    if (this.#closed) return;
    this.saveLater(
      id,
      () => record,
      () => this.saveWhenPossible(record),
    );
  }

  /** Writes what `record` gives at the end of the interval, unless one is already on its way. */
  saveLater(id: string, record: () => TaskRecord, onError: (error: unknown) => void): void {
    if (this.#later.has(id)) return;
    const write = () => {
      this.#later.delete(id);
      this.#next(id, () => this.#journal.save(record())).catch(onError);
    };
    this.#later.set(id, { timer: setTimeout(write, SAVE_INTERVAL_MS), write });
  }

  remove(id: string): Promise<void> {
    this.#forget(id);
    return this.#next(id, () => this.#journal.remove(id));
  }

  /** Writes what is still to be written and waits for all of it. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { timer, write } of [...this.#later.values()]) {
      clearTimeout(timer);
      write();
    }
    await Promise.allSettled(this.#last.values());
  }

  #forget(id: string): void {
    clearTimeout(this.#later.get(id)?.timer);
    this.#later.delete(id);
  }

  #next(id: string, call: () => Promise<void>): Promise<void> {
    // An earlier failure rejected the call that caused it. This call runs all the same, and reports its own failure.
    const mine = (this.#last.get(id) ?? Promise.resolve()).then(call, call);
    this.#last.set(id, mine);
    const done = () => {
      if (this.#last.get(id) === mine) this.#last.delete(id);
    };
    mine.then(done, done);
    return mine;
  }
}
