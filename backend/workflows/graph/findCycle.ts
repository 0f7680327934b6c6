import type { WorkflowGraph } from '../../../src/contract/index.ts';

/**
 * The keys of nodes that wait for each other in a circle, in the order of the links. Undefined: there is none. All ends of links must
 * be nodes. A graph may be deep, so it does not recurse.
 */
export function findCycle({ nodes, links }: Pick<WorkflowGraph, 'nodes' | 'links'>): string[] | undefined {
  const successors = new Map<string, string[]>(nodes.map(({ key }) => [key, []]));
  const predecessors = new Map<string, string[]>(nodes.map(({ key }) => [key, []]));
  for (const { from, to } of links) {
    successors.get(from)?.push(to);
    predecessors.get(to)?.push(from);
  }
  const waitsFor = new Map(nodes.map(({ key }) => [key, predecessors.get(key)?.length ?? 0]));
  const ready = nodes.flatMap(({ key }) => (waitsFor.get(key) === 0 ? [key] : []));
  for (let key = ready.pop(); key !== undefined; key = ready.pop()) {
    waitsFor.delete(key);
    for (const next of successors.get(key) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1;
      waitsFor.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  // Each node that is left has one that is left before it, so the way back meets itself.
  const [first] = waitsFor.keys();
  const way = new Map<string, number>();
  let here = first;
  while (here !== undefined && !way.has(here)) {
    way.set(here, way.size);
    here = predecessors.get(here)?.find((key) => waitsFor.has(key));
  }
  return here === undefined ? undefined : [...way.keys()].slice(way.get(here)).reverse();
}
