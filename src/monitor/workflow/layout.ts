/** Places the nodes of a workflow: in ranks from left to right, whatever the direction of the language. */
import type { GraphIndex } from './graphIndex.ts';

/** Sizes and distances in CSS pixels. */
export const NODE = { width: 148, height: 52 } as const;
export const GAP = { rank: 52, row: 36 } as const;
/** dagre needs half a second for a thousand nodes, and holds up the page meanwhile. Larger graphs are laid out by ranks alone. */
export const MOST_FOR_DAGRE = 60;
/** A rank of more nodes than this is set in several columns: one of a thousand would be 88,000 px high. */
const MOST_IN_COLUMN = 24;
const SWEEPS = 4;

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

/** Lays out a graph. dagre is fetched for the first one that is small enough for it; where it cannot be fetched, ranks do. */
export async function layOutGraph(index: GraphIndex): Promise<GraphLayout> {
  if (index.nodes.size > MOST_FOR_DAGRE || index.links.length > MOST_FOR_DAGRE * 4) return layOutRanks(index);
  try {
    const { layOutWithDagre } = await import('./dagreLayout.ts');
    return layOutWithDagre(index);
  } catch {
    return layOutRanks(index);
  }
}

/** Places nodes by their ranks, and in each rank near the middle of those that lead to them. It takes milliseconds. */
export function layOutRanks(index: GraphIndex): GraphLayout {
  const ranks: string[][] = [];
  for (const key of index.order) {
    const rank = index.rank.get(key) ?? 0;
    const column = ranks[rank] ?? [];
    ranks[rank] = column;
    column.push(key);
  }
  const columns = ranks.filter((column) => column.length > 0);
  const place = new Map<string, number>();
  const number = (keys: readonly string[]) => {
    for (const [at, key] of keys.entries()) place.set(key, at / Math.max(1, keys.length - 1));
  };
  for (const keys of columns) number(keys);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const keys of forward ? columns : [...columns].reverse()) {
      const wanted = new Map(
        keys.map((key) => {
          const near = forward
            ? (index.into.get(key) ?? []).map(({ from }) => place.get(from) ?? 0)
            : (index.from.get(key) ?? []).map(({ to }) => place.get(to) ?? 0);
          const own = place.get(key) ?? 0;
          return [key, near.length === 0 ? own : near.reduce((sum, each) => sum + each, 0) / near.length];
        }),
      );
      keys.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      number(keys);
    }
  }
  return inColumns(columns);
}

function inColumns(ranks: readonly (readonly string[])[]): GraphLayout {
  const nodes = new Map<string, PlacedNode>();
  const pitch = { x: NODE.width + GAP.rank, y: NODE.height + GAP.row };
  const rowsOf = (count: number) => {
    if (count <= MOST_IN_COLUMN) return count;
    return Math.max(MOST_IN_COLUMN, Math.ceil(Math.sqrt(count * 1.5)));
  };
  const tallest = Math.max(1, ...ranks.map(({ length }) => rowsOf(length)));
  const height = tallest * pitch.y - GAP.row;
  let x = 0;
  for (const [rank, keys] of ranks.entries()) {
    const rows = rowsOf(keys.length);
    for (const [at, key] of keys.entries()) {
      const column = Math.floor(at / rows);
      const inThis = Math.min(rows, keys.length - column * rows);
      const top = (height - (inThis * pitch.y - GAP.row)) / 2;
      nodes.set(key, { key, rank, x: x + column * pitch.x, y: top + (at % rows) * pitch.y });
    }
    x += Math.ceil(keys.length / rows) * pitch.x;
  }
  return { nodes, bends: new Map(), width: Math.max(NODE.width, x - GAP.rank), height };
}
