import type { Graph } from './Graph.ts';
import { NodeHeap } from './NodeHeap.ts';

/** The shortest ways from the root: to each node its length, and the arc over which it comes (-1: none does). */
export interface Ways {
  length: Float64Array;
  arcTo: Int32Array;
}

export function shortestWays(graph: Graph, root: number): Ways {
  const length = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  const arcTo = new Int32Array(graph.nodes).fill(-1);
  const heap = new NodeHeap(graph.nodes);
  length[root] = 0;
  heap.put(root, 0);
  const { first, arcs, head, weight } = graph;
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    const here = length[node] ?? 0;
    for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
      const arc = arcs[at] ?? 0;
      const next = head[arc] ?? 0;
      const way = here + (weight[arc >> 1] ?? 0);
      if (way >= (length[next] ?? 0)) continue;
      length[next] = way;
      arcTo[next] = arc;
      heap.put(next, way);
    }
  }
  return { length, arcTo };
}
