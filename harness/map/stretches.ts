/** A task of the page's main thread takes no longer than this before it lets others go on. Half a frame. */
const STRETCH_MS = 8;

/** Work on many features, in stretches between which the page draws and answers. */
export class Stretches {
  #since = performance.now();

  /** Call it before each piece of the work: it waits for the next task of the page once this one has taken long enough. */
  async pause(): Promise<void> {
    if (performance.now() - this.#since < STRETCH_MS) return;
    await nextTask();
    this.#since = performance.now();
  }

  /** Calls back with slices of a list, with a pause before each. */
  async each<Item>(
    items: readonly Item[],
    size: number,
    work: (slice: readonly Item[]) => void,
  ): Promise<void> {
    for (let from = 0; from < items.length; from += size) {
      await this.pause();
      work(items.slice(from, from + size));
    }
  }

  /** Returns the items in order, which may be the list itself. Equal ones keep their order. Where nobody wants it any more, the work ends. */
  async sorted<Item>(
    items: readonly Item[],
    size: number,
    compare: (one: Item, other: Item) => number,
    isWanted: () => boolean,
  ): Promise<Item[]> {
    let runs: Item[][] = [];
    await this.each(items, size, (slice) => {
      if (isWanted()) runs.push([...slice].sort(compare));
    });
    while (runs.length > 1 && isWanted()) {
      const merged: Item[][] = [];
      for (let i = 0; i < runs.length; i += 2) {
        const [left = [], right = []] = [runs[i], runs[i + 1]];
        const both: Item[] = [];
        for (let [l, r] = [0, 0]; l < left.length || r < right.length; ) {
          if (both.length % size === 0) await this.pause();
          const [one, other] = [left[l], right[r]];
          const takesLeft = other === undefined || (one !== undefined && compare(one, other) <= 0);
          const next = takesLeft ? one : other;
          if (next !== undefined) both.push(next);
          if (takesLeft) l += 1;
          else r += 1;
        }
        merged.push(both);
      }
      runs = merged;
    }
    return runs[0] ?? [];
  }
}

/** A browser slows down the timers of a page in the background to one a second, and messages not at all. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
