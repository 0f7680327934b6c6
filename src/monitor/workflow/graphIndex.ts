/** The graph of a workflow by its nodes: what comes before and after each, and in which rank it stands. */
import type { WorkflowGraph, WorkflowLink, WorkflowNode } from '../../contract/index.ts';

/** All links from one node to another: they are drawn as one. */
export interface IndexedLink extends Pick<WorkflowLink, 'from' | 'to'> {
  /** Its place among all of them. */
  id: number;
  /** The properties of the result that are handed on. An empty list: the whole result, or nothing but the order. */
  outputs: readonly string[];
}

export interface GraphIndex {
  graph: WorkflowGraph;
  nodes: ReadonlyMap<string, WorkflowNode>;
  links: readonly IndexedLink[];
  /** The links that lead to a node, and those that lead on from it. */
  into: ReadonlyMap<string, readonly IndexedLink[]>;
  from: ReadonlyMap<string, readonly IndexedLink[]>;
  /** Keys in an order in which each node comes after all that it waits for. Nodes of a cycle come last. */
  order: readonly string[];
  /** The length of the longest way to a node from the beginning, by its key. */
  rank: ReadonlyMap<string, number>;
}

function joinLinks(links: readonly WorkflowLink[]): IndexedLink[] {
  const joined = new Map<string, { from: string; to: string; outputs: Set<string> }>();
  for (const { from, to, output } of links) {
    const pair = JSON.stringify([from, to]);
    const known = joined.get(pair) ?? { from, to, outputs: new Set() };
    joined.set(pair, known);
    if (output !== undefined) known.outputs.add(output);
  }
  return [...joined.values()].map(({ outputs, ...link }, id) => ({ ...link, id, outputs: [...outputs] }));
}

/** Computes it once for a graph. A cycle is no reason to stop: its nodes come last, in the order of the graph. */
export function indexGraph(graph: WorkflowGraph): GraphIndex {
  const nodes = new Map(graph.nodes.map((node) => [node.key, node]));
  const links = joinLinks(graph.links);
  const into = new Map<string, IndexedLink[]>(graph.nodes.map(({ key }) => [key, []]));
  const from = new Map<string, IndexedLink[]>(graph.nodes.map(({ key }) => [key, []]));
  for (const link of links) {
    into.get(link.to)?.push(link);
    from.get(link.from)?.push(link);
  }
  const missing = new Map([...into].map(([key, { length }]) => [key, length]));
  const rank = new Map<string, number>();
  const order = [...missing].filter(([, count]) => count === 0).map(([key]) => key);
  for (const key of order) rank.set(key, 0);
  for (let at = 0; at < order.length; at += 1) {
    const key = order[at] ?? '';
    for (const { to } of from.get(key) ?? []) {
      rank.set(to, Math.max(rank.get(to) ?? 0, (rank.get(key) ?? 0) + 1));
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  const placed = new Set(order);
  for (const { key } of graph.nodes) {
    if (placed.has(key)) continue;
    if (!rank.has(key)) rank.set(key, 0);
    order.push(key);
  }
  return { graph, nodes, links, into, from, order, rank };
}
