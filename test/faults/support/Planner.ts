import type { SystemClient } from '../../../src/client/index.ts';
import { isTerminal } from '../../../src/contract/index.ts';

/** Somebody who follows a task with our client, as the map does: what is drawn, and how it is told to have ended. */
export class Planner {
  readonly taskId: string;
  readonly endings: string[] = [];
  readonly ended: Promise<void>;
  readonly #drawn = new Map<string, number>();
  readonly #stream: { close(): void };
  #lost = 0;
  #sawState = false;
  #drawsAll = true;

  constructor(client: SystemClient, taskId: string) {
    this.taskId = taskId;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#stream = client.streamTaskProgress(taskId, {
      onFeatures: (features, { replace }) => {
        if (replace) this.#drawn.clear();
        for (const { id } of features) this.#drawn.set(id, (this.#drawn.get(id) ?? 0) + 1);
      },
      onSnapshot: ({ status }) => {
        this.#sawState = true;
        // In place of the events there came how the task ended. What it built is stored by then.
        if (isTerminal(status)) this.#drawsAll = false;
      },
      onConnection: ({ state }) => {
        if (state === 'reconnecting') this.#lost += 1;
        // Where a connection brings nothing the client polls, and is given no features.
        if (state === 'polling') this.#drawsAll = false;
      },
      onSuccess: () => this.endings.push('succeeded'),
      onCancelled: () => this.endings.push('cancelled'),
      onFailure: () => this.endings.push('failed'),
      onEnd: resolve,
    });
  }

  /**
   * Whether it should have drawn all that the task built: it was sent every event, and never had to poll. Else the map has
   * what is stored from the network.
   */
  get drawsAll(): boolean {
    return this.#drawsAll;
  }

  /** Whether it has been connected. */
  get sawState(): boolean {
    return this.#sawState;
  }

  /** How often the connection was lost. */
  get lost(): number {
    return this.#lost;
  }

  /** What is wrong with what is drawn where a task of so many poles succeeded while it was watched from its beginning. */
  problems(poles: number): string[] {
    const problems: string[] = [];
    if (this.endings.join() !== 'succeeded') problems.push(`ended as "${this.endings.join()}"`);
    const twice = [...this.#drawn.values()].filter((times) => times > 1).length;
    if (twice > 0) problems.push(`${twice} poles drawn more than once`);
    if (this.#drawn.size !== poles) problems.push(`${this.#drawn.size} of ${poles} poles drawn`);
    return problems.map((problem) => `planner of task ${this.taskId}: ${problem}`);
  }

  close(): void {
    this.#stream.close();
  }
}
