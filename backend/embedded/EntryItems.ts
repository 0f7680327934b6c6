import type { ItemPage, TaskItem, TaskSnapshot } from '../../src/contract/index.ts';
import type { ParsedItemQuery } from '../tasks/itemPages.ts';

/** The items of all tasks together that an EmbeddedEngine keeps. Beyond that it forgets those of the oldest tasks. */
const MAX_ITEMS = 1_000_000;

interface Kept {
  attempt: number;
  /** By id, in the order of the first report of each. */
  items: Map<string, TaskItem>;
}

/** Keeps how the items of each task's present attempt ended, in memory: at most a million of them. */
export class EntryItems {
  readonly #byTask = new Map<string, Kept>();
  #count = 0;

  add({ id, attempt }: TaskSnapshot, items: readonly TaskItem[]): void {
    const before = this.#byTask.get(id);
    if (before && before.attempt !== attempt) this.remove(id);
    const kept = this.#byTask.get(id) ?? { attempt, items: new Map<string, TaskItem>() };
    this.#byTask.set(id, kept);
    this.#count -= kept.items.size;
    for (const item of items) {
      if (kept.items.size < MAX_ITEMS || kept.items.has(item.id)) kept.items.set(item.id, item);
    }
    this.#count += kept.items.size;
    for (const oldest of this.#byTask.keys()) {
      if (this.#count <= MAX_ITEMS) break;
      if (oldest !== id) this.remove(oldest);
    }
  }

  remove(id: string): void {
    this.#count -= this.#byTask.get(id)?.items.size ?? 0;
    this.#byTask.delete(id);
  }

  /** Undefined where none of the attempt are kept. `after` is the number of the last item of the page before. */
  page({ id, attempt }: TaskSnapshot, { ok, after, limit }: ParsedItemQuery): ItemPage | undefined {
    const kept = this.#byTask.get(id);
    if (kept?.attempt !== attempt) return undefined;
    const items: TaskItem[] = [];
    let number = 0;
    let last = 0;
    for (const item of kept.items.values()) {
      number += 1;
      if (number <= after || (ok !== undefined && (item.ok === true) !== ok)) continue;
      if (items.length === limit) return { items, nextAfter: String(last) };
      items.push(item);
      last = number;
    }
    return { items };
  }

  /** Ids of the items that failed. Undefined where none of the attempt are kept. */
  failed({ id, attempt }: TaskSnapshot): string[] | undefined {
    const kept = this.#byTask.get(id);
    if (kept?.attempt !== attempt) return undefined;
    return [...kept.items.values()].flatMap((item) => (item.ok ? [] : [item.id]));
  }
}
