import type { RootedTree } from './RootedTree.ts';
import type { Ways } from './shortestWays.ts';

/**
 * Khuller, Raghavachari and Young (1995): walks round the tree from its root, and where the way to a terminal is longer than
 * its limit takes the shortest way in. A node that is then nearer over another edge of the walk moves to that edge. Returns the edges of a
 * tree in which each terminal keeps its limit.
 */
export function limitDetours(
  tree: RootedTree,
  isTerminal: Uint8Array,
  ways: Ways,
  longest: Float64Array,
): Uint8Array {
  const { graph, root } = tree;
  const { head, weight, first, arcs } = graph;
  const depth = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY);
  const arcTo = new Int32Array(graph.nodes).fill(-1);
  depth[root] = 0;
  const relax = (arc: number) => {
    const node = head[arc] ?? 0;
    const way = (depth[head[arc ^ 1] ?? 0] ?? 0) + (weight[arc >> 1] ?? 0);
    if (way >= (depth[node] ?? 0)) return;
    depth[node] = way;
    arcTo[node] = arc;
  };
  const takeShortest = (node: number) => {
    const way: number[] = [];
    for (let at = node; at !== root; ) {
      const arc = ways.arcTo[at] ?? -1;
      if (arc < 0) break;
      way.push(arc);
      at = head[arc ^ 1] ?? root;
    }
    for (const arc of way.reverse()) relax(arc);
  };
  // Down an arc, and back over it when all below was seen.
  const walk: { node: number; at: number }[] = [{ node: root, at: first[root] ?? 0 }];
  for (let here = walk.at(-1); here; here = walk.at(-1)) {
    const { node } = here;
    if (here.at >= (first[node + 1] ?? 0)) {
      walk.pop();
      const arc = tree.arcTo[node] ?? -1;
      if (arc >= 0) relax(arc ^ 1);
      continue;
    }
    const arc = arcs[here.at++] ?? 0;
    const next = head[arc] ?? 0;
    if (tree.arcTo[next] !== arc || !tree.isIn[arc >> 1]) continue;
    relax(arc);
    if (isTerminal[next] && (depth[next] ?? 0) > (longest[next] ?? 0)) takeShortest(next);
    walk.push({ node: next, at: first[next] ?? 0 });
  }
  return waysTo(isTerminal, root, arcTo, head, weight.length);
}

/** The edges on the ways from the root to the terminals. */
function waysTo(isTerminal: Uint8Array, root: number, arcTo: Int32Array, head: Int32Array, edges: number) {
  const isIn = new Uint8Array(edges);
  for (let terminal = 0; terminal < isTerminal.length; terminal++) {
    if (!isTerminal[terminal]) continue;
    for (let at = terminal; at !== root; ) {
      const arc = arcTo[at] ?? -1;
      if (arc < 0 || isIn[arc >> 1]) break;
      isIn[arc >> 1] = 1;
      at = head[arc ^ 1] ?? root;
    }
  }
  return isIn;
}
