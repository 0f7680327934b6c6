import type { SystemClient } from '../client/SystemClient.ts';
import { createTaskStore, type TaskStore } from '../client/taskStore.ts';
import { isTerminal } from '../contract.ts';
import type { TaskOverlay } from '../host/types.ts';
import type { LrtController, LrtState } from '../modal/controller.ts';
import { toTaskError } from '../modal/toTaskError.ts';
import type { RememberedTask } from './rememberedTask.ts';

export interface SessionParts {
  taskName: string;
  count: number;
  /** Read at each use: an application may get its task server, and its map, after its plugins. */
  system(): SystemClient | undefined;
  overlay(): TaskOverlay | undefined;
  remembered(): RememberedTask;
}

/**
 * The plugin's task: started, followed, found again after a reload, drawn on the map; whether the modal is open or
 * not. One task at a time, in one store, which lives as long as the application's task server stays the same.
 */
export class TaskSession implements LrtController {
  readonly defaultCount: number;
  readonly #parts: SessionParts;
  readonly #listeners = new Set<() => void>();
  #line: { client: SystemClient; store: TaskStore; close(): void } | undefined;
  #taskId: string | undefined;
  /** The task was found again: when the server no longer knows it, there is nothing to tell the user. */
  #foundAgain = false;
  #settled = false;
  #disposed = false;
  #state: LrtState = { available: false, canCancel: false, starting: false, cancelling: false };

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.defaultCount = parts.count;
  }

  getState = (): LrtState => {
    const { available, canCancel } = this.#abilities();
    if (available !== this.#state.available || canCancel !== this.#state.canCancel) {
      this.#state = { ...this.#state, available, canCancel };
    }
    return this.#state;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /**
   * Looks for a task that was started before: the newest one that is still active or, without such, the one that
   * was remembered, whose end nobody has seen yet. Call it again when there was no task server at first.
   */
  async restore(): Promise<void> {
    const line = this.#open();
    if (!line || this.#taskId !== undefined) return;
    const remembered = this.#parts.remembered().get();
    const active = await this.#newestActive(line.client);
    if (this.#disposed || this.#line !== line || this.#taskId !== undefined || this.#state.starting) return;
    const found = active ?? remembered;
    if (found !== undefined) this.#follow(found, { foundAgain: true });
  }

  async start(params: Record<string, unknown>): Promise<void> {
    await this.#begin(async ({ store }) => (await store.start(this.#parts.taskName, params)).id);
  }

  async retry(): Promise<void> {
    const { task } = this.#state;
    if (!task || !isTerminal(task.status)) return;
    const gone = task.error?.code === 'task-not-found';
    await this.#begin(async ({ client, store }) => {
      if (client.retryTask && !gone) return String((await client.retryTask(task.id)).id);
      return (await store.start(this.#parts.taskName, task.params ?? {})).id;
    });
  }

  canRetry(): boolean {
    return this.#parts.system()?.retryTask !== undefined || this.#state.task?.params !== undefined;
  }

  async cancel(): Promise<void> {
    const line = this.#open();
    const id = this.#taskId;
    if (!line || id === undefined) return;
    if (this.#state.cancelling) return;
    this.#update({ cancelling: true, cancelFailure: undefined });
    try {
      await line.store.cancel(id);
    } catch (thrown) {
      const failure = toTaskError(thrown);
      // It ended while we asked: its own events say how.
      if (failure.code !== 'already-finished' && this.#taskId === id)
        this.#update({ cancelFailure: failure });
    }
    // The store tells a frame later that cancellation was asked for: take it over now, so that no button flickers.
    this.#read();
    this.#update({ cancelling: false });
  }

  followAgain(): void {
    const line = this.#open();
    const { task } = this.#state;
    if (!line || !task) return;
    line.store.forget(task.id);
    this.#settled = false;
    const { name, params } = task;
    line.store.follow(task.id, { name, params });
    this.#read();
  }

  dismiss(): void {
    const { task } = this.#state;
    if (task && !task.ended && !isTerminal(task.status)) return;
    this.#forget();
    this.#update({ refusal: undefined, cancelFailure: undefined });
  }

  /** Stops following and listening; a running task runs on. */
  dispose(): void {
    this.#disposed = true;
    this.#close();
    this.#listeners.clear();
  }

  async #begin(start: (line: { client: SystemClient; store: TaskStore }) => Promise<string>): Promise<void> {
    const line = this.#open();
    if (!line || this.#state.starting) return;
    this.#update({ starting: true, refusal: undefined, cancelFailure: undefined });
    try {
      const id = await start(line);
      // A page that was left meanwhile finds the task again by its id.
      if (this.#disposed) this.#parts.remembered().set(id);
      else if (this.#line === line) {
        this.#forget();
        this.#follow(id, { foundAgain: false });
      }
    } catch (thrown) {
      this.#update({ refusal: toTaskError(thrown) });
    }
    this.#update({ starting: false });
  }

  #follow(id: string, { foundAgain }: { foundAgain: boolean }): void {
    const store = this.#open()?.store;
    if (!store) return;
    this.#taskId = id;
    this.#foundAgain = foundAgain;
    this.#settled = false;
    this.#parts.remembered().set(id);
    store.follow(id);
    this.#read();
  }

  #forget(): void {
    this.#eraseUnfinished();
    if (this.#taskId !== undefined) this.#line?.store.forget(this.#taskId);
    this.#taskId = undefined;
    this.#parts.remembered().clear();
    this.#read();
  }

  /** What is drawn of a task that we stop following: nobody would settle or remove it. */
  #eraseUnfinished(): void {
    const { task } = this.#state;
    if (task && !isTerminal(task.status)) this.#parts.overlay()?.remove(task.id);
  }

  /** Takes over what the store knows of the task. */
  #read = (): void => {
    const id = this.#taskId;
    const task = id === undefined ? undefined : this.#line?.store.get(id);
    if (task && isTerminal(task.status) && !this.#settled) {
      this.#settled = true;
      if (this.#foundAgain && task.error?.code === 'task-not-found') {
        this.#forget();
        return;
      }
      if (task.status === 'succeeded') this.#parts.overlay()?.settle(task.id);
      else this.#parts.overlay()?.remove(task.id);
    }
    if (task !== this.#state.task) this.#update({ task });
  };

  #open(): { client: SystemClient; store: TaskStore; close(): void } | undefined {
    const client = this.#parts.system();
    if (this.#disposed || this.#line?.client === client) return this.#line;
    this.#close();
    if (!client) return undefined;
    const store = createTaskStore(client);
    const ends = [
      store.subscribe(this.#read),
      store.onFeatures((taskId, features, info) => this.#parts.overlay()?.add(taskId, features, info)),
    ];
    const close = () => {
      for (const end of ends) end();
      store.dispose();
    };
    this.#line = { client, store, close };
    return this.#line;
  }

  #close(): void {
    this.#eraseUnfinished();
    this.#line?.close();
    this.#line = undefined;
    this.#taskId = undefined;
    this.#state = { ...this.#state, task: undefined };
  }

  async #newestActive(client: SystemClient): Promise<string | undefined> {
    try {
      const page = await client.listTasks?.({ status: 'active', name: this.#parts.taskName, limit: 1 });
      return page?.tasks[0]?.id;
    } catch {
      // No list now: the remembered task is still found, and starting one says what is wrong with the server.
      return undefined;
    }
  }

  #abilities() {
    const system = this.#disposed ? undefined : this.#parts.system();
    return { available: system !== undefined, canCancel: system?.cancelTask !== undefined };
  }

  #update(change: { [Key in keyof LrtState]?: LrtState[Key] | undefined }): void {
    if (this.#disposed) return;
    this.#state = { ...this.#state, ...this.#abilities(), ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
