// Marks the failed items of tasks on the host's map, for the task monitor.
import type { SystemClient } from '../../client/SystemClient.ts';
import type { ItemFailure, TaskItem, TaskSnapshot } from '../../contract/index.ts';
import type { TaskOverlay, TaskPick } from '../../host/contract.ts';

/** The failed items of so many tasks are marked at once, and so many of each. */
const MOST_TASKS = 20;
const MOST_ITEMS = 1_000;

/**
 * Marks the failed items of the tasks that it is given. It reads them from the server once for each number of failures, since a
 * list of tasks has but a few of each task.
 */
export class FailuresOnMap {
  readonly #system: SystemClient;
  readonly #overlay: TaskOverlay;
  /** By task. `count`: the number of failures for which they were read. */
  readonly #known = new Map<string, { count: number; failures: readonly ItemFailure[] }>();
  readonly #closed = new AbortController();
  #chosen: { taskId: string; itemId: string } | undefined;

  constructor(system: SystemClient, overlay: TaskOverlay) {
    this.#system = system;
    this.#overlay = overlay;
  }

  /** Marks the failed items of these tasks, and no others. */
  update(tasks: readonly TaskSnapshot[]): void {
    const failed = tasks.filter(({ items }) => (items?.failed ?? 0) > 0).slice(0, MOST_TASKS);
    const ids = new Set(failed.map(({ id }) => id));
    for (const id of [...this.#known.keys()]) if (!ids.has(id)) this.#take(id);
    for (const { id, items } of failed) {
      const count = items?.failed ?? 0;
      const known = this.#known.get(id);
      if (known && known.count >= count) continue;
      this.#known.set(id, { count, failures: known?.failures ?? [] });
      if (items && items.failures.length >= count) this.know(id, items.failures);
      else void this.#load(id, items?.failures ?? []);
    }
  }

  /** Takes over the failures of a task that is followed. */
  know(taskId: string, failures: readonly ItemFailure[] | undefined): void {
    const known = this.#known.get(taskId);
    if (!failures || failures.length === 0 || known?.failures === failures) return;
    if (!known && this.#known.size >= MOST_TASKS) return;
    const shown = failures.slice(0, MOST_ITEMS);
    // A task that is followed knows them before the list of tasks does.
    this.#known.set(taskId, { count: Math.max(known?.count ?? 0, failures.length), failures });
    this.#overlay.failures?.(taskId, shown, { chosen: this.#chosenOf(taskId) });
  }

  choose(item: { taskId: string; itemId: string } | undefined): void {
    const ids = new Set([this.#chosen?.taskId, item?.taskId]);
    this.#chosen = item;
    for (const id of ids) {
      const known = id === undefined ? undefined : this.#known.get(id);
      if (id === undefined || !known) continue;
      this.#overlay.failures?.(id, known.failures.slice(0, MOST_ITEMS), { chosen: this.#chosenOf(id) });
    }
  }

  /** Returns the failed items that a user clicked on, with their reasons. */
  of({ taskId, itemIds = [] }: TaskPick): ItemFailure[] {
    const failures = new Map(this.#known.get(taskId)?.failures.map((failure) => [failure.id, failure]));
    return itemIds.flatMap((id) => failures.get(id) ?? []);
  }

  dispose(): void {
    this.#closed.abort();
    for (const id of [...this.#known.keys()]) this.#take(id);
  }

  async #load(taskId: string, few: readonly ItemFailure[]): Promise<void> {
    let failures: readonly ItemFailure[] = few;
    const { signal } = this.#closed;
    try {
      const page = await this.#system.listItems?.(taskId, { ok: false, limit: MOST_ITEMS }, { signal });
      if (page) failures = page.items.flatMap(failureOf);
    } catch {
      // The map shows those that the list has. The monitor's own list says what is wrong with the server.
    }
    if (!signal.aborted && this.#known.has(taskId)) this.know(taskId, failures);
  }

  #take(taskId: string): void {
    const known = this.#known.get(taskId);
    this.#known.delete(taskId);
    if (known && known.failures.length > 0) this.#overlay.failures?.(taskId, []);
  }

  #chosenOf(taskId: string): string | undefined {
    return this.#chosen?.taskId === taskId ? this.#chosen.itemId : undefined;
  }
}

function failureOf(item: TaskItem): ItemFailure[] {
  return item.ok ? [] : [item];
}
