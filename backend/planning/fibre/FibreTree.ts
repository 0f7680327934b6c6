import type { RouteNet } from '../routes/RouteNet.ts';

/** The routes of a plan as a tree from the feed. */
export interface FibreTree {
  feed: number;
  /** The nodes of the tree, parents first. */
  order: number[];
  /** By node of the net: the edge to its parent (-1: none), the parent, and the way to the feed in metres. */
  edgeTo: Int32Array;
  parent: Int32Array;
  depth: Float64Array;
  /** By node: how many edges of the tree lead away from the feed. */
  children: Int32Array;
  /** By node: how many edges there are between it and the feed. */
  level: Int32Array;
}

/** Roots the edges that are in at the feed. */
export function rootTree({ positions, from, to, metres, feed }: RouteNet, isIn: Uint8Array): FibreTree {
  const count = positions.length;
  const edgesOf = new Map<number, number[]>();
  isIn.forEach((is, edge) => {
    if (!is) return;
    for (const node of [from[edge] ?? 0, to[edge] ?? 0]) {
      const edges = edgesOf.get(node);
      if (edges) edges.push(edge);
      else edgesOf.set(node, [edge]);
    }
  });
  const tree: FibreTree = {
    feed,
    order: [feed],
    edgeTo: new Int32Array(count).fill(-1),
    parent: new Int32Array(count).fill(-1),
    depth: new Float64Array(count),
    children: new Int32Array(count),
    level: new Int32Array(count),
  };
  for (let i = 0; i < tree.order.length; i++) {
    const node = tree.order[i] ?? feed;
    for (const edge of edgesOf.get(node) ?? []) {
      if (edge === tree.edgeTo[node]) continue;
      const next = from[edge] === node ? (to[edge] ?? 0) : (from[edge] ?? 0);
      tree.edgeTo[next] = edge;
      tree.parent[next] = node;
      tree.depth[next] = (tree.depth[node] ?? 0) + (metres[edge] ?? 0);
      tree.level[next] = (tree.level[node] ?? 0) + 1;
      tree.children[node] = (tree.children[node] ?? 0) + 1;
      tree.order.push(next);
    }
  }
  return tree;
}

/** The node at which the ways of two nodes to the feed meet. */
export function meetingOf({ level, parent }: FibreTree, a: number, b: number): number {
  let [one, other] = [a, b];
  while (one !== other) {
    if ((level[one] ?? 0) >= (level[other] ?? 0)) one = parent[one] ?? -1;
    else other = parent[other] ?? -1;
  }
  return one;
}

/** Metres between two nodes along the tree. */
export function wayBetween(tree: FibreTree, a: number, b: number): number {
  const meeting = meetingOf(tree, a, b);
  return (tree.depth[a] ?? 0) + (tree.depth[b] ?? 0) - 2 * (tree.depth[meeting] ?? 0);
}
