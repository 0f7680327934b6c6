import type { DesignLayer, Layer } from '../layers.ts';
import type { ChangeSet, LayerState } from './undoTypes.ts';

/** A design keeps so many sets, and so many images in all of them. */
export const MAX_SETS = 10_000;
export const MAX_IMAGES = 200_000;

const NOTHING: LayerState = {};

/** Gives how the layer has the record. */
export function stateIn(layer: Layer, table: string, id: number): LayerState {
  const known = layer.known(table);
  const record = known?.list.get(id);
  const hidden = known?.hidden.get(id);
  if (!record && hidden === undefined) return NOTHING;
  return { ...(record && { record }), ...(hidden !== undefined && { hidden }) };
}

/** The set of a commit that writes `written` to the design, which it has not changed yet. */
export function changeSetOf(
  design: DesignLayer,
  written: Layer,
  more: Pick<ChangeSet, 'taskId' | 'undoes' | 'designs' | 'inserted'>,
): ChangeSet {
  const images = new Map<string, Map<number, LayerState>>();
  for (const [table, { hidden, exact }] of written.entries()) {
    const ids = new Set([...hidden.keys(), ...exact.keys()]);
    if (ids.size === 0) continue;
    images.set(table, new Map(Array.from(ids, (id) => [id, stateIn(design.layer, table, id)])));
  }
  return { ...more, from: design.version, version: design.version + 1, images };
}

export function imagesIn({ images }: Pick<ChangeSet, 'images'>): number {
  let count = 0;
  for (const ids of images.values()) count += ids.size;
  return count;
}

/** The newest of the sets that a design may keep: without gaps, and none where the newest alone is too large. */
export function keptSets(sets: readonly ChangeSet[]): ChangeSet[] {
  let images = 0;
  let first = sets.length;
  while (first > 0 && sets.length - first < MAX_SETS) {
    const set = sets[first - 1];
    if (!set) break;
    images += imagesIn(set);
    if (images > MAX_IMAGES) break;
    first -= 1;
  }
  return sets.slice(first);
}
