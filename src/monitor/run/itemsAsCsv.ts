/** Reads the items of a run that fit a filter, to the last one, as the lines of a CSV file. */

import { CSV_START, csvLine } from '../../contract/csv.ts';
import { boundsOf, type TaskItem } from '../../contract/index.ts';
import { FIRST_ITEM, type ItemFilter, type ItemPlace, ItemReader, type ListItems } from './ItemReader.ts';

/** So many lines are one part of the file. */
const PART = 1_000;

export interface ItemsAsCsvOptions {
  reasonOf: (item: TaskItem) => string;
  signal: AbortSignal;
  /** Hears how many lines there are so far. */
  onCount(count: number): void;
}

/**
 * The file in parts, with a first line of names. Rejects as `listItems` does, and with the signal's reason: then the file is
 * not whole, and nobody should save it.
 *
 * @example
 * const parts = await itemsAsCsv(list, taskId, { failed: true }, { reasonOf, signal, onCount });
 * saveFile('items.csv', parts, 'text/csv');
 */
export async function itemsAsCsv(
  list: ListItems,
  taskId: string,
  filter: ItemFilter,
  { reasonOf, signal, onCount }: ItemsAsCsvOptions,
): Promise<string[]> {
  const reader = new ItemReader(list, taskId);
  const parts = [
    `${CSV_START}${csvLine(['item', 'status', 'code', 'reason', 'message', 'longitude', 'latitude'])}`,
  ];
  let count = 0;
  for (let place: ItemPlace | undefined = FIRST_ITEM; place; ) {
    const rows = await reader.read(filter, place, { count: PART, signal, reasonOf });
    signal.throwIfAborted();
    parts.push(rows.items.map((item) => lineOf(item, reasonOf)).join(''));
    count += rows.items.length;
    onCount(count);
    place = rows.next;
  }
  return parts;
}

function lineOf(item: TaskItem, reasonOf: (item: TaskItem) => string): string {
  if (item.ok) return csvLine([item.id, 'succeeded', '', '', '', undefined, undefined]);
  const box = boundsOf([item.geometry]);
  const [longitude, latitude] = box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : [];
  const { id, code, message } = item;
  return csvLine([id, 'failed', code, reasonOf(item), message, longitude, latitude]);
}
