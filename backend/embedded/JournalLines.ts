import type { LogLine } from '../../src/contract/index.ts';
import type { JournaledLine, TaskJournal } from './TaskJournal.ts';

/** Lines wait so long for others. */
const GATHER_MS = 500;
/** While the journal cannot write, so many lines wait. Beyond that the oldest are not kept over a restart. */
const MAX_WAITING = 50_000;

/** Writes the lines of tasks' logs to a journal, in batches and in order. */
export class JournalLines {
  readonly #journal: NonNullable<TaskJournal['lines']>;
  readonly #onProblem: (error: unknown) => void;
  #added: JournaledLine[] = [];
  /** By task: its lines up to this number are to be forgotten. */
  #forgotten = new Map<string, number>();
  #writing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onProblem` hears why lines could not be written. They are written with the next ones. */
  constructor(journal: NonNullable<TaskJournal['lines']>, onProblem: (error: unknown) => void) {
    this.#journal = journal;
    this.#onProblem = onProblem;
  }

  add(taskId: string, number: number, line: LogLine): void {
    this.#added.push({ taskId, number, line });
    if (this.#added.length > MAX_WAITING * 1.1) this.#added.splice(0, this.#added.length - MAX_WAITING);
    this.#writeSoon();
  }

  /** The lines of the task up to this number are not kept any more. */
  forget(taskId: string, upTo: number): void {
    this.#added = this.#added.filter((added) => added.taskId !== taskId || added.number > upTo);
    this.#forgotten.set(taskId, upTo);
    this.#writeSoon();
  }

  /** Resolves once what was added before is written, or could not be. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  async #write(): Promise<void> {
    if (this.#added.length === 0 && this.#forgotten.size === 0) return;
    const [added, forgotten] = [this.#added, this.#forgotten];
    this.#added = [];
    this.#forgotten = new Map();
    try {
      await this.#journal.write(added, forgotten);
    } catch (error) {
      const isWanted = ({ taskId, number }: JournaledLine) => number > (this.#forgotten.get(taskId) ?? 0);
      this.#added = [...added.filter(isWanted), ...this.#added];
      this.#forgotten = new Map([...forgotten, ...this.#forgotten]);
      this.#onProblem(error);
    }
  }
}
