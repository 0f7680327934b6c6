import type { Graph } from './Graph.ts';

/** A tree in a graph, seen from its root, that can be changed path by path. */
export class RootedTree {
  readonly graph: Graph;
  readonly root: number;
  /** By node: the arc from its parent to it; -1: it is the root, or not in the tree. */
  readonly arcTo: Int32Array;
  /** By node: edges of the tree at it. 0: it is not in the tree, or the tree is the root alone. */
  readonly degree: Int32Array;
  readonly isIn: Uint8Array;
  /** By node: the length of its way to the root. Only as good as the last `measure`. */
  readonly depth: Float64Array;

  constructor(graph: Graph, root: number, isIn: Uint8Array) {
    this.graph = graph;
    this.root = root;
    this.isIn = isIn;
    this.arcTo = new Int32Array(graph.nodes).fill(-1);
    this.degree = new Int32Array(graph.nodes);
    this.depth = new Float64Array(graph.nodes);
    for (const node of this.below(root)) {
      if (node === root) continue;
      this.#count(this.arcTo[node] ?? 0, 1);
    }
  }

  parent(node: number): number {
    const arc = this.arcTo[node] ?? -1;
    return arc < 0 ? -1 : (this.graph.head[arc ^ 1] ?? -1);
  }

  isInTree(node: number): boolean {
    return node === this.root || (this.degree[node] ?? 0) > 0;
  }

  /** The node and all below it, parents first. Sets `arcTo` of those below from the edges that are in, and their depth. */
  below(top: number): number[] {
    const { first, arcs, head, weight } = this.graph;
    const found = [top];
    const above = this.arcTo[top] ?? -1;
    for (let i = 0; i < found.length; i++) {
      const node = found[i] ?? 0;
      const back = node === top ? above : (this.arcTo[node] ?? -1);
      for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
        const arc = arcs[at] ?? 0;
        if (!this.isIn[arc >> 1] || arc >> 1 === back >> 1) continue;
        const next = head[arc] ?? 0;
        this.arcTo[next] = arc;
        this.depth[next] = (this.depth[node] ?? 0) + (weight[arc >> 1] ?? 0);
        found.push(next);
      }
    }
    return found;
  }

  /** Takes the edge of an arc out of the tree. */
  cut(arc: number): void {
    this.isIn[arc >> 1] = 0;
    this.#count(arc, -1);
  }

  add(arc: number): void {
    this.isIn[arc >> 1] = 1;
    this.#count(arc, 1);
  }

  #count(arc: number, by: number): void {
    for (const node of [this.graph.head[arc] ?? 0, this.graph.head[arc ^ 1] ?? 0]) {
      this.degree[node] = (this.degree[node] ?? 0) + by;
    }
  }
}
