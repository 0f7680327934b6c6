/** A binary heap of nodes by distance: a node's distance may be lowered while it is in. The lower node wins a tie. */
export class NodeHeap {
  readonly #nodes: Int32Array;
  /** The place of a node in the heap; -1: it is not in. */
  readonly #places: Int32Array;
  readonly #keys: Float64Array;
  #size = 0;

  constructor(nodes: number) {
    this.#nodes = new Int32Array(nodes);
    this.#places = new Int32Array(nodes).fill(-1);
    this.#keys = new Float64Array(nodes);
  }

  get size(): number {
    return this.#size;
  }

  /** The distance of a node that is in, or was. */
  key(node: number): number {
    return this.#keys[node] ?? 0;
  }

  clear(): void {
    for (let i = 0; i < this.#size; i++) this.#places[this.#nodes[i] ?? 0] = -1;
    this.#size = 0;
  }

  /** Puts a node in, or lowers its distance. */
  put(node: number, key: number): void {
    let at = this.#places[node] ?? -1;
    if (at < 0) at = this.#size++;
    this.#keys[node] = key;
    const nodes = this.#nodes;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = nodes[up] ?? 0;
      if (!this.#isBefore(node, key, parent)) break;
      nodes[at] = parent;
      this.#places[parent] = at;
      at = up;
    }
    nodes[at] = node;
    this.#places[node] = at;
  }

  /** Takes the nearest node out; -1 when there is none. */
  pop(): number {
    if (this.#size === 0) return -1;
    const nodes = this.#nodes;
    const top = nodes[0] ?? -1;
    this.#places[top] = -1;
    const last = nodes[--this.#size] ?? 0;
    if (this.#size === 0) return top;
    const key = this.#keys[last] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      const node = nodes[right] ?? 0;
      if (right < this.#size && this.#isBefore(node, this.#keys[node] ?? 0, nodes[child] ?? 0)) child = right;
      const below = nodes[child] ?? 0;
      if (this.#isBefore(last, key, below)) break;
      nodes[at] = below;
      this.#places[below] = at;
      at = child;
    }
    nodes[at] = last;
    this.#places[last] = at;
    return top;
  }

  #isBefore(node: number, key: number, other: number): boolean {
    const otherKey = this.#keys[other] ?? 0;
    return key < otherKey || (key === otherKey && node < other);
  }
}
