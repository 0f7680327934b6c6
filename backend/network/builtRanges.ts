/** Says which records a task has built, in a few ranges of ids, for the stores that keep it. */
import type { BuiltByTask, BuiltRange, Layer } from './layers.ts';

/**
 * Gives the ranges of what a transaction inserts into a design by this layer. Its versions of records that were there before are
 * not among them.
 *
 * @example
 * builtRanges(layer, 'North'); // [{ table: 'pole', firstId: 12, lastId: 411, design: 'North' }]
 */
export function builtRanges(layer: Layer, design: string): BuiltRange[] {
  const ranges: BuiltRange[] = [];
  for (const [table, { list, hidden, exact }] of layer.entries()) {
    let range: BuiltRange | undefined;
    for (const { id } of list.rows) {
      if (hidden.has(id) || exact.has(id)) continue;
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

/** Notes that the design is gone. If it was posted, master has the records now, and else nobody. */
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
