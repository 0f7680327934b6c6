/** Reads the items of a run page by page, for a table that may be a million rows long. */

import type { SystemClient } from '../../client/SystemClient.ts';
import type { ItemQuery, TaskItem } from '../../contract/index.ts';

/** Selects items. The server selects by `failed` only; the reader selects by the rest. */
export interface ItemFilter {
  /** True: those that failed. False: all. */
  failed: boolean;
  /** The code of one reason. */
  code?: string | undefined;
  /** A part of the id or of the message, in any case. */
  text?: string | undefined;
}

/** A place in the list: after an item of the server's page that begins at `after`. */
export interface ItemPlace {
  after?: string | undefined;
  /** So many fitting items of that page were before. */
  skip: number;
}

export interface ItemRows {
  items: TaskItem[];
  /** The next page begins here. Undefined: this is the last one. */
  next: ItemPlace | undefined;
  /** The number of items that were looked at. */
  read: number;
  /** True where the reader stopped before the page was full, so that no call takes without end. */
  isPaused: boolean;
}

export type ListItems = NonNullable<SystemClient['listItems']>;

/** The server gives so many at most. */
const SERVER_PAGE = 1_000;
/** One call of the reader asks the server so often at most: 20,000 items, a few seconds. */
const MOST_CALLS = 20;

/** The place before the first item. */
export const FIRST_ITEM: ItemPlace = { skip: 0 };

/** True where the filter wants the item. */
export function fits(item: TaskItem, { failed, code, text }: ItemFilter, reasonOf = messageOf): boolean {
  if (failed && item.ok) return false;
  if (code !== undefined && (item.ok || item.code !== code)) return false;
  if (!text) return true;
  const wanted = text.toLowerCase();
  return item.id.toLowerCase().includes(wanted) || reasonOf(item).toLowerCase().includes(wanted);
}

const messageOf = (item: TaskItem) => (item.ok ? '' : item.message);

/**
 * Reads up to `count` items that fit, from a place on. It keeps nothing but the last page of the server, so that a page of
 * the table that begins within it costs no call.
 *
 * @example
 * const reader = new ItemReader((...call) => system.listItems(...call), taskId);
 * const { items, next } = await reader.read({ failed: true }, FIRST_ITEM, { count: 100, signal });
 */
export class ItemReader {
  readonly #list: ListItems;
  readonly #taskId: string;
  #last: { key: string; items: TaskItem[]; nextAfter?: string | undefined } | undefined;

  constructor(list: ListItems, taskId: string) {
    this.#list = list;
    this.#taskId = taskId;
  }

  /** Forgets what it has read, for a task that goes on. */
  forget(): void {
    this.#last = undefined;
  }

  /** Rejects as `listItems` does, and with the signal's reason. */
  async read(
    filter: ItemFilter,
    from: ItemPlace,
    {
      count,
      signal,
      reasonOf,
    }: { count: number; signal: AbortSignal; reasonOf?: (item: TaskItem) => string },
  ): Promise<ItemRows> {
    const items: TaskItem[] = [];
    let read = 0;
    let place = from;
    for (let calls = 0; calls < MOST_CALLS; calls++) {
      const page = await this.#page(filter.failed, place.after, signal);
      read += page.items.length;
      const fitting = page.items.filter((item) => fits(item, filter, reasonOf)).slice(place.skip);
      const room = count - items.length;
      items.push(...fitting.slice(0, room));
      if (fitting.length > room) {
        return { items, next: { ...place, skip: place.skip + room }, read, isPaused: false };
      }
      if (page.nextAfter === undefined) return { items, next: undefined, read, isPaused: false };
      place = { after: page.nextAfter, skip: 0 };
      if (items.length === count) return { items, next: place, read, isPaused: false };
    }
    return { items, next: place, read, isPaused: true };
  }

  async #page(failed: boolean, after: string | undefined, signal: AbortSignal) {
    const key = JSON.stringify([failed, after]);
    if (this.#last?.key === key) return this.#last;
    const query: ItemQuery = {
      limit: SERVER_PAGE,
      ...(failed && { ok: false }),
      ...(after !== undefined && { after }),
    };
    const { items, nextAfter } = await this.#list(this.#taskId, query, { signal });
    signal.throwIfAborted();
    this.#last = { key, items, nextAfter };
    return this.#last;
  }
}

/** Counts the items that failed for one reason. */
export interface ReasonCount {
  code: string;
  /** The message of the first item with this code. */
  message: string;
  /** True where all counted items with this code have the same message. */
  isSame: boolean;
  count: number;
}

/** Adds items to the counts of their reasons. The counts are a map by code. */
export function countReasons(counts: Map<string, ReasonCount>, items: readonly TaskItem[]): void {
  for (const item of items) {
    if (item.ok) continue;
    const { code, message } = item;
    const known = counts.get(code);
    if (!known) counts.set(code, { code, message, isSame: true, count: 1 });
    else {
      known.count += 1;
      known.isSame &&= known.message === message;
    }
  }
}
