/** Says which records a task has built, in a few ranges of ids, for the stores that keep it. */
import type { Layer } from './layers.ts';

/**
 * Records that a task has inserted: those of the table whose ids are in the range. No id is given out twice, so the records
 * themselves need not say who made them, and thousands of them take one range.
 */
export interface BuiltRange {
  table: string;
  firstId: number;
  /** At least `firstId`. */
  lastId: number;
  /** The name of the design that has them, without 'design/'. Null: it was posted, and master has them. */
  design: string | null;
}

/** By id of the task. */
export type BuiltByTask = Map<string, readonly BuiltRange[]>;

/**
 * What a transaction inserts into a design by this layer. Its versions of records that were there before are not among them.
 *
 * @example
 * builtRanges(layer, 'North'); // [{ table: 'pole', firstId: 12, lastId: 411, design: 'North' }]
 */
export function builtRanges(layer: Layer, design: string): BuiltRange[] {
  const ranges: BuiltRange[] = [];
  for (const [table, { list, hidden }] of layer.entries()) {
    let range: BuiltRange | undefined;
    for (const { id } of list.rows) {
      if (hidden.has(id)) continue;
      if (range?.lastId === id - 1) {
        range.lastId = id;
      } else {
        range = { table, firstId: id, lastId: id, design };
        ranges.push(range);
      }
    }
  }
  return ranges;
}

/** The design was posted, so master has the records now; or it was dropped, and they are gone. */
export function endDesign(built: BuiltByTask, design: string, wasPosted: boolean): void {
  for (const [taskId, ranges] of built) {
    if (!ranges.some((range) => range.design === design)) continue;
    const left = wasPosted
      ? ranges.map((range) => (range.design === design ? { ...range, design: null } : range))
      : ranges.filter((range) => range.design !== design);
    if (left.length > 0) built.set(taskId, left);
    else built.delete(taskId);
  }
}
