import type { PlanWork } from '../PlanWork.ts';
import type { Graph } from './Graph.ts';
import { NodeHeap } from './NodeHeap.ts';

/**
 * The shortest-path heuristic of Takahashi and Matsuyama (1980): from the root, always take in the terminal that is nearest
 * to the tree. One search does, which starts again from each path that is new. Only edges that `isOpen` are used, where it is given.
 * Returns which edges are in the tree.
 */
export async function growTree(
  graph: Graph,
  root: number,
  isTerminal: Uint8Array,
  work: PlanWork,
  isOpen?: Uint8Array,
): Promise<Uint8Array> {
  const isIn = new Uint8Array(graph.weight.length);
  const distance = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  const arcTo = new Int32Array(graph.nodes).fill(-1);
  const heap = new NodeHeap(graph.nodes);
  const { first, arcs, head, weight } = graph;
  let missing = 0;
  for (let node = 0; node < graph.nodes; node++) if (isTerminal[node] && node !== root) missing += 1;
  const isReached = new Uint8Array(graph.nodes);
  isReached[root] = 1;
  distance[root] = 0;
  heap.put(root, 0);
  for (let node = heap.pop(); node >= 0 && missing > 0; node = heap.pop()) {
    if (work.isDue(4)) await work.pause(2, 10);
    if (isTerminal[node] && !isReached[node]) {
      missing -= 1;
      for (let at = node; !isReached[at]; ) {
        isReached[at] = 1;
        distance[at] = 0;
        heap.put(at, 0);
        if (isTerminal[at] && at !== node) missing -= 1;
        const arc = arcTo[at] ?? -1;
        if (arc < 0) break;
        isIn[arc >> 1] = 1;
        at = head[arc ^ 1] ?? root;
      }
      continue;
    }
    const here = distance[node] ?? 0;
    for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
      const arc = arcs[at] ?? 0;
      if (isOpen && !isOpen[arc >> 1]) continue;
      const next = head[arc] ?? 0;
      const way = here + (weight[arc >> 1] ?? 0);
      if (isReached[next] || way >= (distance[next] ?? 0)) continue;
      distance[next] = way;
      arcTo[next] = arc;
      heap.put(next, way);
    }
  }
  return isIn;
}
