import type { SystemClient } from '../client/SystemClient.ts';
import { createTaskStore, type TaskState, type TaskStore } from '../client/taskStore.ts';

/** One store for each client: components that show the same task share one stream. */
interface SharedTasks {
  store: TaskStore;
  /** Counts the components that show a task, by its id. */
  readers: Map<string, number>;
}

const shared = new WeakMap<SystemClient, SharedTasks>();

/**
 * Follows a task for one component, until the returned function is called. The listener is called at most once a frame,
 * and at once when a task ends.
 */
export function followShared(system: SystemClient, id: string, listener: () => void): () => void {
  let tasks = shared.get(system);
  if (!tasks) {
    tasks = { store: createTaskStore(system), readers: new Map() };
    shared.set(system, tasks);
  }
  const { store, readers } = tasks;
  readers.set(id, (readers.get(id) ?? 0) + 1);
  const unsubscribe = store.subscribe(listener);
  store.follow(id);
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    unsubscribe();
    const left = (readers.get(id) ?? 1) - 1;
    if (left > 0) {
      readers.set(id, left);
      return;
    }
    readers.delete(id);
    store.forget(id);
  };
}

/** Undefined where no component follows the task. The object is the same until the task changes. */
export function sharedTask(system: SystemClient, id: string): TaskState | undefined {
  return shared.get(system)?.store.get(id);
}
