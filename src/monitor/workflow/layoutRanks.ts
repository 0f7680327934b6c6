/** Lays out a large graph by its ranks alone. */
import type { GraphIndex } from './graphIndex.ts';
import { GAP, type GraphLayout, NODE, type PlacedNode } from './graphLayout.ts';

/** A rank of more nodes than this is set in several columns: one of a thousand would be 88,000 px high. */
const MOST_IN_COLUMN = 24;
const SWEEPS = 4;

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
