/** The states of so many tasks are kept, as far as they fit into so many characters. */
const MAX_STATES = 10_000;
const MAX_CHARS = 32 * 2 ** 20;
/** More tasks than change within the time that ChangeAudit looks back. */
const MAX_NOTES = 50_000;

/** A task as watchers know it. */
export interface KnownTask {
  seq: number;
  hasEnded: boolean;
}

/** Notes which states of tasks a hub has handed to its watchers, and which of the states are to be forgotten. */
export class KnownTasks {
  /** In both maps the task that changed last is the last one. */
  readonly #notes = new Map<string, KnownTask>();
  readonly #sizes = new Map<string, number>();
  #chars = 0;

  get(id: string): KnownTask | undefined {
    return this.#notes.get(id);
  }

  note(id: string, { seq, hasEnded }: KnownTask): void {
    this.#notes.delete(id);
    this.#notes.set(id, { seq, hasEnded });
    const [oldest] = this.#notes.keys();
    if (oldest !== undefined && this.#notes.size > MAX_NOTES) this.#notes.delete(oldest);
  }

  /** Notes a task whose state is kept. Returns the ids of the tasks whose states are too many now. */
  keep(id: string, task: KnownTask & { size: number }): string[] {
    this.note(id, task);
    this.#forget(id);
    this.#sizes.set(id, task.size);
    this.#chars += task.size;
    const tooMany: string[] = [];
    for (const oldest of this.#sizes.keys()) {
      if (oldest === id || (this.#sizes.size <= MAX_STATES && this.#chars <= MAX_CHARS)) break;
      this.#forget(oldest);
      tooMany.push(oldest);
    }
    return tooMany;
  }

  clear(): void {
    this.#notes.clear();
    this.#sizes.clear();
    this.#chars = 0;
  }

  #forget(id: string): void {
    this.#chars -= this.#sizes.get(id) ?? 0;
    this.#sizes.delete(id);
  }
}
