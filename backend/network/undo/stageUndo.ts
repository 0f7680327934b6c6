import type { Layer } from '../layers.ts';
import type { UndoStep } from './undoTypes.ts';

/** Writes the steps of an undo to the layer of a transaction, which has nothing else of the design. */
export function stageUndo(layer: Layer, steps: readonly UndoStep[]): void {
  const inOrder = [...steps].sort((a, b) => a.id - b.id);
  for (const { table, id, state, seenNow, seenAfter } of inOrder) {
    const { list, hidden, exact } = layer.table(table);
    exact.set(id, state);
    if (seenNow) hidden.set(id, state.hidden ?? 0);
    if (seenAfter) list.add(seenAfter);
  }
}
