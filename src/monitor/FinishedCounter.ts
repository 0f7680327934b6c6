import type { TaskFilter } from '../contract/index.ts';
import { hostCall } from '../parts/hostCall.ts';
import type { MonitorTasks } from './MonitorTasks.ts';
import { readCounts } from './readCounts.ts';
import { isRefusalOfNodes, withoutNodes } from './withoutNodes.ts';

/** The server is not asked again sooner than this. */
const PAUSE_MS = 5_000;

/** The number of tasks that have ended, of those that the server selects. */
export interface FinishedCount {
  count: number;
  /** There are more: the server has not counted all of them. */
  isCapped: boolean;
}

/** Asks the server for the number, and not again before a pause is over. */
export class FinishedCounter {
  readonly #store: MonitorTasks;
  readonly #onCount: (count: FinishedCount) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWanted = false;
  #isOver = false;

  constructor(store: MonitorTasks, onCount: (count: FinishedCount) => void) {
    this.#store = store;
    this.#onCount = onCount;
  }

  ask(): void {
    this.#isWanted = true;
    if (this.#timer === undefined) void this.#call();
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #call(): Promise<void> {
    this.#isWanted = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isWanted) void this.#call();
    }, PAUSE_MS);
    const { system, filter } = this.#store;
    // The tab says the number of rows that were read, where there is no answer.
    const count = (of: TaskFilter) => hostCall((): unknown => system.countTasks?.(of));
    const answer = await count(withoutNodes(filter))
      .catch((thrown: unknown) => (isRefusalOfNodes(thrown) ? count(filter) : undefined))
      .catch(() => undefined);
    const counts = readCounts(answer);
    if (!counts || this.#isOver) return;
    const { succeeded, failed, cancelled } = counts.byStatus;
    this.#onCount({ count: succeeded + failed + cancelled, isCapped: counts.isCapped === true });
  }
}
