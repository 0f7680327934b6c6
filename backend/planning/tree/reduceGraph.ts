import { createGraph, type Graph } from './Graph.ts';

/** A smaller graph with the same least tree. */
export interface Reduced {
  graph: Graph;
  isTerminal: Uint8Array;
  root: number;
  /** Marks the edges of the whole graph that an edge of the smaller one stands for. */
  expand(edge: number, isIn: Uint8Array): void;
}

/**
 * Takes away dead ends without a terminal, joins the two edges of a plain node, and keeps the shorter of parallel edges.
 * No least tree and no shortest way between terminals becomes longer.
 */
export function reduceGraph(graph: Graph, isTerminal: Uint8Array, root: number): Reduced {
  const shrinking = new Shrinking(graph, isTerminal, root);
  shrinking.run();
  const nodeOf = new Int32Array(graph.nodes).fill(-1);
  let nodes = 0;
  const kept = shrinking.keptEdges();
  const number = (node: number) => {
    if ((nodeOf[node] ?? -1) < 0) nodeOf[node] = nodes++;
    return nodeOf[node] ?? 0;
  };
  number(root);
  const from = Int32Array.from(kept, (edge) => number(shrinking.from[edge] ?? 0));
  const to = Int32Array.from(kept, (edge) => number(shrinking.to[edge] ?? 0));
  const weight = Float64Array.from(kept, (edge) => shrinking.weight[edge] ?? 0);
  const terminals = new Uint8Array(nodes);
  nodeOf.forEach((small, node) => {
    if (small >= 0 && isTerminal[node]) terminals[small] = 1;
  });
  return {
    graph: createGraph(nodes, from, to, weight),
    isTerminal: terminals,
    root: nodeOf[root] ?? 0,
    expand: (edge, isIn) => shrinking.expand(kept[edge] ?? -1, isIn),
  };
}

class Shrinking {
  readonly from: number[];
  readonly to: number[];
  readonly weight: number[];
  /** The two edges that a joined one stands for; its own number less the number of edges of the whole graph is its place. */
  readonly #parts: [number, number][] = [];
  readonly #whole: number;
  readonly #isGone: boolean[] = [];
  readonly #edgesOf: number[][];
  readonly #stays: Uint8Array;
  readonly #queue: number[] = [];

  constructor(graph: Graph, isTerminal: Uint8Array, root: number) {
    this.from = Array.from(graph.from);
    this.to = Array.from(graph.to);
    this.weight = Array.from(graph.weight);
    this.#whole = this.from.length;
    this.#edgesOf = Array.from({ length: graph.nodes }, () => []);
    this.#stays = isTerminal.slice();
    this.#stays[root] = 1;
    for (let edge = 0; edge < this.#whole; edge++) this.#hang(edge);
    for (let node = 0; node < graph.nodes; node++) this.#queue.push(node);
  }

  run(): void {
    for (let node = this.#queue.pop(); node !== undefined; node = this.#queue.pop()) {
      if (this.#stays[node]) continue;
      const edges = this.#edgesOf[node] ?? [];
      const [one, other] = edges;
      if (edges.length === 1 && one !== undefined) this.#remove(one);
      if (edges.length !== 2 || one === undefined || other === undefined) continue;
      const a = this.#otherEnd(one, node);
      const b = this.#otherEnd(other, node);
      this.#remove(one);
      this.#remove(other);
      const joined = this.from.push(a) - 1;
      this.to.push(b);
      this.weight.push((this.weight[one] ?? 0) + (this.weight[other] ?? 0));
      this.#parts.push([one, other]);
      this.#hang(joined);
    }
  }

  keptEdges(): number[] {
    return this.from.flatMap((_, edge) => (this.#isGone[edge] ? [] : [edge]));
  }

  expand(edge: number, isIn: Uint8Array): void {
    const rest = [edge];
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      const parts = this.#parts[next - this.#whole];
      if (parts) rest.push(...parts);
      else isIn[next] = 1;
    }
  }

  #otherEnd(edge: number, node: number): number {
    const from = this.from[edge] ?? 0;
    return from === node ? (this.to[edge] ?? 0) : from;
  }

  /** Takes a new edge in, unless it is a loop or has a parallel one that is not longer. */
  #hang(edge: number): void {
    const [a, b] = [this.from[edge] ?? 0, this.to[edge] ?? 0];
    const [ofA, ofB] = [this.#edgesOf[a] ?? [], this.#edgesOf[b] ?? []];
    const [few, here, there] = ofA.length <= ofB.length ? [ofA, a, b] : [ofB, b, a];
    let parallel: number | undefined;
    for (const other of few) if (this.#otherEnd(other, here) === there) parallel = other;
    const isLonger = parallel !== undefined && (this.weight[parallel] ?? 0) <= (this.weight[edge] ?? 0);
    if (a === b || isLonger) {
      this.#isGone[edge] = true;
      this.#queue.push(a, b);
      return;
    }
    if (parallel !== undefined) this.#remove(parallel);
    ofA.push(edge);
    ofB.push(edge);
  }

  #remove(edge: number): void {
    this.#isGone[edge] = true;
    for (const node of [this.from[edge] ?? 0, this.to[edge] ?? 0]) {
      const edges = this.#edgesOf[node];
      const at = edges?.indexOf(edge) ?? -1;
      if (at >= 0) edges?.splice(at, 1);
      this.#queue.push(node);
    }
  }
}
