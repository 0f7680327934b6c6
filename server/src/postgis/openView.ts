import type { Layer } from '../../../backend/network/layers.ts';
import type { NetworkDataView } from '../../../backend/network/NetworkStore.ts';
import type { CommittedTable } from './CommittedTable.ts';
import type { FoundDesign } from './designs.ts';

// The parts of a transaction: what it has read through a view, and what it is going to write.

/** Writes to one design, or to master, that wait for the commit. */
export interface Staged {
  layer: Layer;
  /** The version that they were made on: of the first write, or in an edit of the first look. */
  version: string;
}

/** A view of this transaction, with what was read through it. */
export interface OpenView {
  view: NetworkDataView;
  /** As it was before anything was read through the view. null: master. */
  found: FoundDesign | null;
  /** By table; forgotten when the transaction first writes to the design. */
  committed: Map<string, CommittedTable>;
}
