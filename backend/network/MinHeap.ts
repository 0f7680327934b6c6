/** A binary heap: the item with the smallest key comes out first. */
export class MinHeap<T> {
  readonly #items: T[] = [];
  readonly #keys: number[] = [];

  /** The smallest key; Infinity when empty. */
  get minKey(): number {
    return this.#keys[0] ?? Number.POSITIVE_INFINITY;
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  push(key: number, item: T): void {
    const keys = this.#keys;
    const items = this.#items;
    let at = keys.length;
    keys.push(key);
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((keys[parent] ?? 0) <= key) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): T | undefined {
    const keys = this.#keys;
    const items = this.#items;
    if (keys.length === 0) return undefined;
    this.#swap(0, keys.length - 1);
    keys.pop();
    const top = items.pop();
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= keys.length) break;
      const right = left + 1;
      const child = right < keys.length && this.#key(right) < this.#key(left) ? right : left;
      if (this.#key(at) <= this.#key(child)) break;
      this.#swap(at, child);
      at = child;
    }
    return top;
  }

  #key(at: number): number {
    return this.#keys[at] ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const { [a]: keyA, [b]: keyB } = this.#keys;
    const { [a]: itemA, [b]: itemB } = this.#items;
    if (keyA === undefined || keyB === undefined || itemA === undefined || itemB === undefined) return;
    this.#keys[a] = keyB;
    this.#keys[b] = keyA;
    this.#items[a] = itemB;
    this.#items[b] = itemA;
  }
}
