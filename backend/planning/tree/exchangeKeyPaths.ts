import type { PlanWork } from '../PlanWork.ts';
import { NodeHeap } from './NodeHeap.ts';
import type { RootedTree } from './RootedTree.ts';

/** So many other ends of a path are tried before it stays as it is. */
const MAX_TRIES = 12;

export interface ExchangeOptions {
  isTerminal: Uint8Array;
  /** By node: the longest way to the root that a terminal may have. Left out: any. */
  longest?: Float64Array;
  /** Ends the search after so many nodes were looked at: never by the clock, so that a plan can be made again. */
  steps: number;
  work: PlanWork;
}

/**
 * Makes a tree lighter: takes a path between two key nodes (terminals and branchings) out, and joins the two parts by the
 * shortest way between them, again and again. With `longest`, only where all terminals below keep their limit.
 */
export async function exchangeKeyPaths(tree: RootedTree, options: ExchangeOptions): Promise<void> {
  const exchange = new KeyPathExchange(tree, options);
  let left = options.steps;
  for (let isBetter = true; isBetter && left > 0; ) {
    isBetter = false;
    for (const node of tree.below(tree.root).reverse()) {
      if (left <= 0) break;
      const before = exchange.steps;
      if (exchange.isKey(node) && node !== tree.root && tree.isInTree(node)) {
        isBetter = exchange.tryAt(node) || isBetter;
      }
      left -= exchange.steps - before;
      if (options.work.isDue(exchange.steps - before)) {
        await options.work.pause(options.steps - left, options.steps);
      }
    }
  }
}

class KeyPathExchange {
  steps = 0;
  readonly #tree: RootedTree;
  readonly #options: ExchangeOptions;
  readonly #heap: NodeHeap;
  /** By node: the round in which it was below the path, on it, or reached. */
  readonly #below: Int32Array;
  readonly #inner: Int32Array;
  readonly #reached: Int32Array;
  readonly #distance: Float64Array;
  readonly #arcTo: Int32Array;
  #round = 0;

  constructor(tree: RootedTree, options: ExchangeOptions) {
    const { nodes } = tree.graph;
    this.#tree = tree;
    this.#options = options;
    this.#heap = new NodeHeap(nodes);
    this.#below = new Int32Array(nodes);
    this.#inner = new Int32Array(nodes);
    this.#reached = new Int32Array(nodes);
    this.#distance = new Float64Array(nodes);
    this.#arcTo = new Int32Array(nodes);
  }

  isKey(node: number): boolean {
    return this.#options.isTerminal[node] === 1 || (this.#tree.degree[node] ?? 0) >= 3;
  }

  /** Exchanges the path from a key node up to the next one, where that makes the tree lighter. */
  tryAt(node: number): boolean {
    const tree = this.#tree;
    const { graph, root } = tree;
    this.#round += 1;
    const path: number[] = [];
    let length = 0;
    for (let at = node; at === node || (at !== root && !this.isKey(at)); at = tree.parent(at)) {
      const arc = tree.arcTo[at] ?? -1;
      if (arc < 0) return false;
      path.push(arc);
      length += graph.weight[arc >> 1] ?? 0;
      if (at !== node) this.#inner[at] = this.#round;
    }
    this.#heap.clear();
    const below = tree.below(node);
    this.steps += below.length;
    for (const source of below) {
      this.#below[source] = this.#round;
      this.#reached[source] = this.#round;
      this.#distance[source] = 0;
      this.#arcTo[source] = -1;
    }
    for (const source of below) this.#relax(source, 0, length);
    return this.#search(path, length);
  }

  #search(path: readonly number[], length: number): boolean {
    const tree = this.#tree;
    let tries = 0;
    for (let at = this.#heap.pop(); at >= 0; at = this.#heap.pop()) {
      const here = this.#distance[at] ?? 0;
      if (here >= length) return false;
      this.steps += 1;
      if (this.#inner[at] !== this.#round && tree.isInTree(at)) {
        if (this.#keepsLimits(at, here)) {
          this.#exchange(path, at);
          return true;
        }
        if (++tries === MAX_TRIES) return false;
        continue;
      }
      this.#relax(at, here, length);
    }
    return false;
  }

  /** Reaches the nodes around one that is so far away, where that is the shortest way yet and shorter than the path. */
  #relax(node: number, here: number, length: number): void {
    const { first, arcs, head, weight } = this.#tree.graph;
    for (let i = first[node] ?? 0; i < (first[node + 1] ?? 0); i++) {
      const arc = arcs[i] ?? 0;
      const next = head[arc] ?? 0;
      const way = here + (weight[arc >> 1] ?? 0);
      if (way >= length) continue;
      if (this.#reached[next] === this.#round && way >= (this.#distance[next] ?? 0)) continue;
      this.#reached[next] = this.#round;
      this.#distance[next] = way;
      this.#arcTo[next] = arc;
      this.#heap.put(next, way);
    }
  }

  /** The node below the path from which the search came to this one. */
  #source(end: number): number {
    let at = end;
    for (let arc = this.#arcTo[at] ?? -1; arc >= 0; arc = this.#arcTo[at] ?? -1) {
      at = this.#tree.graph.head[arc ^ 1] ?? -1;
    }
    return at;
  }

  #keepsLimits(end: number, distance: number): boolean {
    const { longest, isTerminal } = this.#options;
    if (!longest) return true;
    const { graph, isIn, depth, arcTo } = this.#tree;
    const { first, arcs, head, weight } = graph;
    const source = this.#source(end);
    const rest = [{ node: source, from: -1, way: (depth[end] ?? 0) + distance }];
    for (let next = rest.pop(); next; next = rest.pop()) {
      const { node, from, way } = next;
      this.steps += 1;
      if (isTerminal[node] && way > (longest[node] ?? 0)) return false;
      for (let i = first[node] ?? 0; i < (first[node + 1] ?? 0); i++) {
        const arc = arcs[i] ?? 0;
        const other = head[arc] ?? 0;
        if (!isIn[arc >> 1] || arc >> 1 === from >> 1 || this.#below[other] !== this.#round) continue;
        // The path that goes out begins below, at its lower end.
        if (arc >> 1 === (arcTo[node] ?? -1) >> 1 && this.#below[this.#tree.parent(node)] !== this.#round)
          continue;
        rest.push({ node: other, from: arc, way: way + (weight[arc >> 1] ?? 0) });
      }
    }
    return true;
  }

  #exchange(path: readonly number[], end: number): void {
    const tree = this.#tree;
    const { head, weight } = tree.graph;
    for (const arc of path) {
      tree.cut(arc);
      tree.arcTo[head[arc] ?? 0] = -1;
    }
    let at = end;
    for (let arc = this.#arcTo[at] ?? -1; arc >= 0; arc = this.#arcTo[at] ?? -1) {
      const below = head[arc ^ 1] ?? -1;
      // The search went up, and the tree's arcs go down.
      tree.add(arc ^ 1);
      tree.arcTo[below] = arc ^ 1;
      tree.depth[below] = (tree.depth[at] ?? 0) + (weight[arc >> 1] ?? 0);
      at = below;
    }
    tree.below(at);
  }
}
