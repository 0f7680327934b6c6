/**
 * A graph with weights in whole micrometres, so that sums do not depend on their order. An edge has two arcs: 2 * edge from
 * its first node to its second, and 2 * edge + 1 back.
 */
export interface Graph {
  nodes: number;
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  /** The arcs that leave node n are `arcs[first[n]]` to before `arcs[first[n + 1]]`. */
  first: Int32Array;
  arcs: Int32Array;
  /** The node at the end of each arc. */
  head: Int32Array;
}

export const MICROMETRES = 1e6;

export function createGraph(nodes: number, from: Int32Array, to: Int32Array, weight: Float64Array): Graph {
  const first = new Int32Array(nodes + 1);
  const head = new Int32Array(from.length * 2);
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b] = [from[edge] ?? 0, to[edge] ?? 0];
    head[2 * edge] = b;
    head[2 * edge + 1] = a;
    first[a + 1] = (first[a + 1] ?? 0) + 1;
    first[b + 1] = (first[b + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node++) first[node + 1] = (first[node + 1] ?? 0) + (first[node] ?? 0);
  const next = first.slice();
  const arcs = new Int32Array(head.length);
  for (let arc = 0; arc < head.length; arc++) {
    // An arc leaves the node at the end of its opposite.
    const tail = head[arc ^ 1] ?? 0;
    const at = next[tail] ?? 0;
    arcs[at] = arc;
    next[tail] = at + 1;
  }
  return { nodes, from, to, weight, first, arcs, head };
}

/** The sum of the weights of the edges that are in. */
export function weightOf({ weight }: Graph, isIn: Uint8Array): number {
  let sum = 0;
  for (let edge = 0; edge < isIn.length; edge++) if (isIn[edge]) sum += weight[edge] ?? 0;
  return sum;
}
