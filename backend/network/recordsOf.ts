/** Reads committed records from layers in memory: `NetworkStore.records` of the stores that keep the network there. */
import { hiddenAbove, type TableLayer, visibleRecords } from './layers.ts';
import type { NetworkRecord, RecordsQuery } from './NetworkStore.ts';
import { firstFrom, inOrder } from './RecordList.ts';

/** Gives the records that the layers, lowest first, show. */
export function recordsOf(layers: readonly TableLayer[], query: RecordsQuery): NetworkRecord[] {
  const { where } = query;
  if (where) return firstOf([inOrder(matching(layers, where))], query);
  const [lower, upper] = layers;
  if (!upper) return firstOf([lower?.list.rows ?? []], query);
  // Whatever a design adds has higher ids than what was in master before, so its list mostly goes behind master's.
  const isAbove = (upper.list.rows[0]?.id ?? Infinity) > (lower?.list.rows.at(-1)?.id ?? 0);
  const isPlain = layers.every(({ hidden }) => hidden.size === 0) && isAbove;
  return firstOf(isPlain ? layers.map(({ list }) => list.rows) : [visibleRecords(layers)], query);
}

/** The first records after the query's `after`, of lists that follow one another in order of id. */
export function firstOf(
  lists: readonly (readonly NetworkRecord[])[],
  { after = 0, limit }: RecordsQuery,
): NetworkRecord[] {
  const found: NetworkRecord[] = [];
  for (const rows of lists) {
    const from = firstFrom(rows, after + 1);
    for (const record of rows.slice(from, from + limit - found.length)) found.push(record);
    if (found.length >= limit) break;
  }
  return found;
}

function matching(
  layers: readonly TableLayer[],
  { property, values }: NonNullable<RecordsQuery['where']>,
): NetworkRecord[] {
  const found: NetworkRecord[] = [];
  for (const [i, { list }] of layers.entries()) {
    const isHidden = hiddenAbove(layers, i);
    for (const value of new Set(values)) {
      for (const record of inList(list, property, value)) if (!isHidden?.(record.id)) found.push(record);
    }
  }
  return found;
}

function inList(list: TableLayer['list'], property: string, value: string | number): NetworkRecord[] {
  if (property !== 'id') return list.matching(property, value, Infinity) ?? [];
  const record = typeof value === 'number' ? list.get(value) : undefined;
  return record ? [record] : [];
}
