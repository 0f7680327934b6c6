import type { Savepoint } from '../common/Store.ts';
import { overwrite, type TableLayer } from './layers.ts';
import type { NetworkRecord } from './NetworkStore.ts';

/**
 * Writes to the layers of a transaction so that those since a savepoint can be undone. Without a savepoint it remembers
 * nothing. Stores whose writes wait in layers use it, so that their transactions undo the same.
 */
export class UndoLog {
  #undos: (() => void)[] = [];
  #open = 0;

  /** Adds a new record, whose id is above those of the layer. */
  add({ list }: TableLayer, record: NetworkRecord): void {
    list.add(record);
    this.#note(() => list.remove(record.id));
  }

  /** As `overwrite` of layers. */
  overwrite(table: TableLayer, id: number, record: NetworkRecord | undefined, version: number): void {
    const { list, hidden } = table;
    const before = list.get(id);
    const hiddenBefore = hidden.get(id);
    overwrite(table, id, record, version);
    this.#note(() => {
      if (before) list.put(before);
      else list.remove(id);
      if (hiddenBefore === undefined) hidden.delete(id);
      else hidden.set(id, hiddenBefore);
    });
  }

  savepoint(): Savepoint {
    const from = this.#undos.length;
    let isOpen = true;
    this.#open += 1;
    const close = () => {
      if (isOpen) this.#open -= 1;
      isOpen = false;
      if (this.#open === 0) this.#undos = [];
    };
    return {
      undo: () => {
        if (!isOpen) return;
        for (const undo of this.#undos.splice(from).reverse()) undo();
        close();
      },
      keep: close,
    };
  }

  #note(undo: () => void): void {
    if (this.#open > 0) this.#undos.push(undo);
  }
}
