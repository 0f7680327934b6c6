/** The id of the task to find again after a reload. */
export interface RememberedTask {
  get(): string | undefined;
  set(taskId: string): void;
  clear(): void;
}

/**
 * Kept in localStorage. Where that is switched off or full, nothing is remembered: the task runs all the same, and
 * a server that lists its tasks finds it again without us.
 */
export function rememberTask(pluginId: string): RememberedTask {
  const key = `lrt-plugin:${pluginId}`;
  const attempt = <Value>(use: (storage: Storage) => Value): Value | undefined => {
    try {
      return use(localStorage);
    } catch {
      return undefined;
    }
  };
  return {
    get: () => attempt((storage) => storage.getItem(key)) ?? undefined,
    set: (taskId) => attempt((storage) => storage.setItem(key, taskId)),
    clear: () => attempt((storage) => storage.removeItem(key)),
  };
}
