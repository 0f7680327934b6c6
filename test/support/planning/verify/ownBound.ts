import type { OwnGraph } from './OwnGraph.ts';

/**
 * A bound below the length of any tree that joins the terminals to the root: Wong's dual ascent, in turns. Each terminal whose
 * set the root is not in raises the bound by the least that is left of an edge into the set, until none is left.
 */
export function ownBound(graph: OwnGraph, root: number, terminals: Iterable<number>): number {
  // What is left of the price of the arc from a node to another.
  const left = graph.edges.map((edges) => new Map(edges));
  let bound = 0;
  let active = [...new Set(terminals)].filter((terminal) => terminal !== root);
  while (active.length > 0) {
    const still: number[] = [];
    for (const terminal of active) {
      const inside = new Set([terminal]);
      const entering: [from: number, to: number][] = [];
      for (const node of inside) {
        for (const from of graph.edges[node]?.keys() ?? []) {
          if (inside.has(from)) continue;
          if ((left[from]?.get(node) ?? 0) <= 1e-9) inside.add(from);
          else entering.push([from, node]);
        }
      }
      if (inside.has(root)) continue;
      const cut = entering.filter(([from]) => !inside.has(from));
      if (cut.length === 0) continue;
      const least = Math.min(...cut.map(([from, to]) => left[from]?.get(to) ?? 0));
      bound += least;
      for (const [from, to] of cut) left[from]?.set(to, (left[from]?.get(to) ?? 0) - least);
      still.push(terminal);
    }
    active = still;
  }
  return bound;
}
