import type { Geometry, TaskItem } from '../../src/contract/index.ts';
import type { StoreTransaction } from '../common/Store.ts';
import { checkItemId } from './checkSaid.ts';
import type { TaskDefinition } from './defineTask.ts';
import { toTaskError } from './taskErrors.ts';

/** Does the work of the items of one run, one after the other, each of which can be undone by itself. */
export class ItemWork {
  readonly #name: string;
  readonly #keep: TaskDefinition['keep'];
  readonly #transaction: Pick<StoreTransaction<object>, 'savepoint'>;
  readonly #report: (item: TaskItem) => Promise<void>;
  readonly #isFatal: (thrown: unknown) => boolean;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: {
    definition: Pick<TaskDefinition, 'name' | 'keep'>;
    transaction: Pick<StoreTransaction<object>, 'savepoint'>;
    /** Rejects once the task is cancelled or out of time. */
    report: (item: TaskItem) => Promise<void>;
    /** True for what ends the task, such as its cancellation, and is not the item's. */
    isFatal: (thrown: unknown) => boolean;
  }) {
    this.#name = options.definition.name;
    this.#keep = options.definition.keep;
    this.#transaction = options.transaction;
    this.#report = options.report;
    this.#isFatal = options.isFatal;
  }

  /** See `TaskControls.item`. */
  run<Result>(
    id: string,
    work: () => Promise<Result>,
    { geometry }: { geometry?: Geometry } = {},
  ): Promise<Result | undefined> {
    const mine = this.#last.then(() => this.#run(id, work, geometry));
    // An item that failed does not keep the next one from its work. Its own caller gets the error.
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #run<Result>(
    id: string,
    work: () => Promise<Result>,
    geometry: Geometry | undefined,
  ): Promise<Result | undefined> {
    checkItemId(id);
    const keepsGood = this.#keep === 'good-items';
    if (keepsGood && !this.#transaction.savepoint) {
      throw new TypeError(
        `"${this.#name}" keeps good items, and the store of this engine cannot undo a single item: give its transactions a savepoint(), or leave keep out`,
      );
    }
    const savepoint = this.#transaction.savepoint?.();
    let result: Result;
    try {
      result = await work();
      savepoint?.keep();
    } catch (thrown) {
      savepoint?.undo();
      if (!keepsGood || this.#isFatal(thrown)) throw thrown;
      const { code, message } = toTaskError(thrown);
      await this.#report({ id, code: code.slice(0, 100), message, ...(geometry && { geometry }) });
      return undefined;
    }
    await this.#report({ id, ok: true });
    return result;
  }
}
