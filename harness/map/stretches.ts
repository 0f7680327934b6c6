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
