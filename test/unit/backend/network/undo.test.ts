// Tests undoing in memory: random sequences, and that a state keeps what it takes.
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import type { TableDraft } from '../../../../backend/network/tables.ts';
import type { TownData } from '../../../../backend/network/townTypes.ts';
import { declareUndoModel } from '../../../contracts/undo.model.ts';

const create = async (town: TownData, tables: readonly TableDraft[]) => new MemoryStore({ town, tables });

/** All that is kept of designs, without what rises at each commit. */
async function dump(store: MemoryStore): Promise<unknown> {
  const { designs } = store.toState();
  return designs.map(({ info, layer, hidden = {} }) => ({
    info,
    layer: Object.fromEntries(Object.entries(layer).filter(([, rows]) => rows.length > 0)),
    hidden: Object.fromEntries(
      Object.entries(hidden).map(([table, ids]) => [table, [...ids].map((id) => JSON.stringify(id)).sort()]),
    ),
  }));
}

declareUndoModel('MemoryStore', create, { numRuns: 120, dump });
