import { setTimeout as delay } from 'node:timers/promises';
import { errorKind } from '../../common/errorKind.ts';

const MAX_ITEMS = 500;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * A statement for few items costs the database and this process almost as much as one for many. So under load the first
 * item of a batch waits for others. A batch of several items, after which more wait or which follows another one at once, means load
 * for the time that is given here. A few items that come together and are alone are no load: somebody may wait for the next one.
 */
const LOADED_ITEMS = 3;
const LOADED_GATHER_MS = 8;
const LOADED_FOR_MS = 100;
const AT_ONCE_MS = 10;

/**
 * Calls that come while one is on its way go together with the next: alone a call waits for nothing, under load a
 * thousand of them are one statement and one commit.
 */
export class Batcher<Item, Result> {
  readonly #work: (items: Item[]) => Promise<Result[]>;
  readonly #onSplit: (error: unknown) => void;
  readonly #gatherMs: number;
  #waiting: Waiting<Item, Result>[] = [];
  #busy = false;
  #loadedAt = Number.NEGATIVE_INFINITY;
  /** The end of the last batch of several items. */
  #severalAt = Number.NEGATIVE_INFINITY;

  /**
   * `work` resolves with one result for each item, in their order. `onSplit` receives the reason when items that
   * failed together are tried one by one. `gatherMs` is the time that the first item of a batch waits for others, if
   * nobody waits for it.
   */
  constructor(
    work: (items: Item[]) => Promise<Result[]>,
    { onSplit, gatherMs = 0 }: { onSplit: (error: unknown) => void; gatherMs?: number },
  ) {
    this.#work = work;
    this.#onSplit = onSplit;
    this.#gatherMs = gatherMs;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      // Items that are added in the same round of the event loop join the batch.
      if (this.#gatherMs === 0) queueMicrotask(() => this.#drain());
      else setTimeout(() => this.#drain(), this.#gatherMs);
    });
  }

  get #isLoaded(): boolean {
    return performance.now() - this.#loadedAt < LOADED_FOR_MS;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#isLoaded && this.#waiting.length < MAX_ITEMS) await delay(LOADED_GATHER_MS);
      const batch = this.#waiting.splice(0, MAX_ITEMS);
      const began = performance.now();
      await this.#send(batch);
      if (batch.length < LOADED_ITEMS) continue;
      const follows = began - this.#severalAt < AT_ONCE_MS;
      this.#severalAt = performance.now();
      if (follows || this.#waiting.length > 0) this.#loadedAt = this.#severalAt;
    }
    this.#busy = false;
  }

  async #send(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#work(batch.map(({ item }) => item));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const result = results[i];
        if (result === undefined) reject(new Error('A batch came back with fewer results than items'));
        else resolve(result);
      }
    } catch (error) {
      if (batch.length > 1 && errorKind(error) !== 'outage') {
        // One bad item must not take the others down with it.
        this.#onSplit(error);
        for (const each of batch) await this.#send([each]);
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
