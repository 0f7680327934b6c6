import type { WorkflowGraph, WorkflowLink, WorkflowNode } from '../../../src/contract/index.ts';

interface Entry {
  readonly node: WorkflowNode;
  readonly linksTo: WorkflowLink[];
  readonly predecessors: Set<string>;
  readonly successors: Set<string>;
  rank: number;
}

/**
 * A checked graph, by node. Nobody can change it. A key that is no node has nothing.
 *
 * @example
 * const index = new WorkflowIndex(checkGraph(value));
 * for (const key of index.successorsOf('plan')) { ... }
 */
export class WorkflowIndex {
  readonly graph: WorkflowGraph;
  /** Keys by rank: `ranks[0]` has the nodes that wait for none, `ranks[1]` those that wait for these alone, and so on. */
  readonly ranks: readonly (readonly string[])[];
  readonly #entries = new Map<string, Entry>();

  constructor(graph: WorkflowGraph) {
    this.graph = graph;
    for (const node of graph.nodes) {
      const entry = {
        node,
        linksTo: [],
        predecessors: new Set<string>(),
        successors: new Set<string>(),
        rank: 0,
      };
      this.#entries.set(node.key, entry);
    }
    for (const link of graph.links) {
      this.#entries.get(link.to)?.linksTo.push(link);
      this.#entries.get(link.to)?.predecessors.add(link.from);
      this.#entries.get(link.from)?.successors.add(link.to);
    }
    this.ranks = this.#rank();
  }

  /** In the order of the graph. */
  get keys(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  nodeOf(key: string): WorkflowNode | undefined {
    return this.#entries.get(key)?.node;
  }

  /** The links that end at the node, in the order of the graph. */
  linksTo(key: string): readonly WorkflowLink[] {
    return this.#entries.get(key)?.linksTo ?? [];
  }

  /** The nodes that it waits for, each once. */
  predecessorsOf(key: string): ReadonlySet<string> {
    return this.#entries.get(key)?.predecessors ?? NONE;
  }

  /** The nodes that wait for it, each once. */
  successorsOf(key: string): ReadonlySet<string> {
    return this.#entries.get(key)?.successors ?? NONE;
  }

  /** The links on the longest way to it. */
  rankOf(key: string): number {
    return this.#entries.get(key)?.rank ?? 0;
  }

  /** These nodes and all that come after them. */
  withAllAfter(keys: Iterable<string>): Set<string> {
    const found = new Set<string>();
    const open = [...keys].filter((key) => this.has(key));
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (found.has(key)) continue;
      found.add(key);
      open.push(...this.successorsOf(key));
    }
    return found;
  }

  /** In the order of the graph within each rank. */
  #rank(): string[][] {
    const left = new Map([...this.#entries].map(([key, { predecessors }]) => [key, predecessors.size]));
    const order = this.keys.filter((key) => left.get(key) === 0);
    for (const key of order) {
      const rank = this.rankOf(key) + 1;
      for (const next of this.successorsOf(key)) {
        const entry = this.#entries.get(next);
        if (entry) entry.rank = Math.max(entry.rank, rank);
        const waits = (left.get(next) ?? 0) - 1;
        left.set(next, waits);
        if (waits === 0) order.push(next);
      }
    }
    const ranks: string[][] = [];
    for (const [key, { rank }] of this.#entries) {
      while (ranks.length <= rank) ranks.push([]);
      ranks[rank]?.push(key);
    }
    return ranks;
  }
}

const NONE: ReadonlySet<string> = new Set();
