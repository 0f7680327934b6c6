import type { SystemClient } from '../client/SystemClient.ts';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import { isTerminal, MAX_BULK_IDS, type TaskFilter, type TaskSnapshot } from '../contract/index.ts';
import { hostCall } from '../parts/hostCall.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

/** A user may do this to a task of the list. */
export type TaskAction = 'cancel' | 'retry' | 'retryFailed' | 'clear';

/** Why an action on a task was refused. */
export interface ActionProblem {
  action: TaskAction | 'copy' | 'look';
  error: Failure;
}

export interface TaskActionsOptions {
  /** Says whether the user may do it. Default: everything to every task that the server shows. */
  may?: ((action: TaskAction, task: TaskSnapshot) => boolean) | undefined;
}

/**
 * Acts on tasks through the client, and remembers what was refused. An action that cannot work is not offered: the client
 * lacks the call, the task is in another state, or the server has refused it for good.
 */
export class TaskActions {
  readonly #system: SystemClient;
  readonly #store: MonitorTasks;
  readonly #options: TaskActionsOptions;
  readonly #listeners = new Set<() => void>();
  /** The actions under way, as 'cancel task-1'. */
  readonly #busy = new Set<string>();
  readonly #forbidden = new Set<string>();
  #problems: ReadonlyMap<string, ActionProblem> = new Map();

  constructor(store: MonitorTasks, options: TaskActionsOptions = {}) {
    this.#system = store.system;
    this.#store = store;
    this.#options = options;
  }

  /** By the id of a task. It is another object after each change. */
  getProblems = (): ReadonlyMap<string, ActionProblem> => this.#problems;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  can(action: TaskAction, task: TaskSnapshot): boolean {
    if (!this.#fits(action, task) || this.#forbidden.has(`${action} ${task.id}`)) return false;
    return this.#options.may?.(action, task) ?? true;
  }

  /** The task can be run again with its parameters: that starts another one. */
  canRunAgain(task: TaskSnapshot): boolean {
    return isTerminal(task.status) && (this.#options.may?.('retry', task) ?? true);
  }

  #fits(action: TaskAction, { status, cancelRequested, items }: TaskSnapshot): boolean {
    const isEnded = isTerminal(status);
    switch (action) {
      case 'cancel':
        return this.#system.cancelTask !== undefined && !isEnded && !cancelRequested;
      case 'retry':
        return this.#system.retryTask !== undefined && isEnded;
      case 'retryFailed':
        return this.#system.retryTask !== undefined && status === 'succeeded' && (items?.failed ?? 0) > 0;
      case 'clear':
        return this.#system.clearTask !== undefined && isEnded;
    }
  }

  /** Does it. Resolves with the refusal, if there is one. A second call while the first is under way does nothing. */
  async run(action: TaskAction, task: TaskSnapshot): Promise<Failure | undefined> {
    const key = `${action} ${task.id}`;
    if (this.#busy.has(key)) return undefined;
    this.#busy.add(key);
    this.#setProblem(task.id, undefined);
    try {
      await this.#call(action, task);
      return undefined;
    } catch (thrown) {
      const error = toTaskError(thrown);
      // It has ended in the meantime, or is gone: the list says so.
      if (action === 'cancel' && error.code === 'already-finished') return undefined;
      if (error.code === 'task-not-found') this.#store.drop(task.id);
      if (error.code === 'forbidden') this.#forbidden.add(key);
      this.#setProblem(task.id, { action, error });
      return error;
    } finally {
      this.#busy.delete(key);
    }
  }

  /**
   * Has the server do it to many tasks, by a task of its own that the list shows. False where the client cannot, so that
   * the caller does it call by call.
   *
   * @param filter all tasks that the server selects by it, in place of these
   */
  async runMany(action: TaskAction, tasks: readonly TaskSnapshot[], filter?: TaskFilter): Promise<boolean> {
    const { bulkTasks } = this.#system;
    if (!bulkTasks || action === 'retryFailed') return false;
    if (filter) await bulkTasks.call(this.#system, { action, filter });
    for (let from = 0; !filter && from < tasks.length; from += MAX_BULK_IDS) {
      const ids = tasks.slice(from, from + MAX_BULK_IDS).map(({ id }) => id);
      await bulkTasks.call(this.#system, { action, ids });
    }
    this.#store.refresh();
    return true;
  }

  async #call(action: TaskAction, { id }: TaskSnapshot): Promise<void> {
    const { cancelTask, retryTask, clearTask } = this.#system;
    if (action === 'cancel') {
      await cancelTask?.call(this.#system, id);
      // A client that cannot watch would say it only with the next poll.
      const task: unknown = await hostCall(() => this.#system.getTask?.(id)).catch(() => undefined);
      if (task) this.#store.take(task);
    } else if (action === 'clear') {
      await clearTask?.call(this.#system, id);
      this.#store.drop(id);
    } else {
      await retryTask?.call(this.#system, id, action === 'retryFailed' ? { items: 'failed' } : {});
      this.#store.refresh();
    }
  }

  get canLook(): boolean {
    return this.#system.getTask !== undefined;
  }

  /** Asks the server for a task that is out of sight. Where it cannot be seen, its row says why. */
  async look(id: string): Promise<void> {
    this.#setProblem(id, undefined);
    try {
      await this.#store.lookAgain(id);
    } catch (thrown) {
      this.#setProblem(id, { action: 'look', error: toTaskError(thrown) });
    }
  }

  /** Remembers that a text could not be copied, so that the row of the task says it. */
  copyFailed(id: string, thrown: unknown): void {
    this.#setProblem(id, { action: 'copy', error: toTaskError(thrown) });
  }

  #setProblem(id: string, problem: ActionProblem | undefined): void {
    if (!problem && !this.#problems.has(id)) return;
    const problems = new Map(this.#problems);
    if (problem) problems.set(id, problem);
    else problems.delete(id);
    this.#problems = problems;
    for (const listener of [...this.#listeners]) listener();
  }
}
