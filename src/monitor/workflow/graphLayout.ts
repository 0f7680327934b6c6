/** The places of the nodes of a workflow: in ranks from left to right, whatever the direction of the language. */

/** Sizes and distances in CSS pixels. */
export const NODE = { width: 148, height: 52 } as const;
export const GAP = { rank: 52, row: 36 } as const;
export interface Point {
  x: number;
  y: number;
}

/** A node's place: its upper left corner. */
export interface PlacedNode extends Point {
  key: string;
  /** The nodes of one rank are walked by Up and Down. */
  rank: number;
}

export interface GraphLayout {
  nodes: ReadonlyMap<string, PlacedNode>;
  /** Bends on the way of a link between its ends, by its id. A link without them is one curve. */
  bends: ReadonlyMap<number, readonly Point[]>;
  width: number;
  height: number;
}
