import type { ChangedDesign, DesignRows } from '../rows/DesignRows.ts';

/** So many designs are remembered with their last change. */
const MAX_REMEMBERED = 10_000;

/**
 * Finds the tasks of designs that changed, for watchers. Tasks that had ended before an earlier change say so already, so a
 * change costs no more than the tasks that ended since the change before.
 */
export class DesignAudit {
  readonly #rows: DesignRows;
  #number: string | undefined;
  /** The last change of each design that this audit has seen, the oldest first. */
  readonly #seen = new Map<string, ChangedDesign>();

  constructor(rows: DesignRows) {
    this.#rows = rows;
  }

  /** Ids of the tasks that have something new to say of their design. */
  async look(): Promise<string[]> {
    const isFirst = this.#number === undefined;
    const ids: string[] = [];
    for (const changed of await this.#rows.changedDesigns(this.#number)) {
      const before = this.#seen.get(changed.design);
      if (before?.number === changed.number) continue;
      // Watchers have older changes from their lists. This server may have begun to look after a list was read, or while a
      // watcher was away for a while.
      if (!isFirst || changed.is_recent)
        ids.push(...(await this.#rows.tasksOfDesign(changed.design, before?.at)));
      this.#seen.delete(changed.design);
      this.#seen.set(changed.design, changed);
      this.#number = changed.number;
    }
    this.#number ??= '0';
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= MAX_REMEMBERED) break;
      this.#seen.delete(oldest);
    }
    return ids;
  }
}
