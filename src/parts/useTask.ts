import { useCallback, useSyncExternalStore } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import type { TaskId } from '../client/TaskClient.ts';
import type { TaskState } from '../client/taskStore.ts';
import { followShared, sharedTask } from './sharedTasks.ts';
import type { TaskSessionState } from './TaskSession.ts';
import type { ShownSession } from './useSession.ts';

/**
 * The state of a session. The component renders again when it changes.
 *
 * @example
 * const { task, starting } = useTask(session);
 */
export function useTask<Result = unknown>(session: ShownSession<Result>): TaskSessionState<Result>;
/**
 * The state of any task, by its id, without a session. The component renders again when this task changes, at most once a
 * frame, and never because of another task. All components that show a task share one stream. Undefined: there is no
 * client or no id yet, or the component renders for the first time, or on a server.
 *
 * @example
 * const task = useTask(app.system, id);
 * return <p>{task?.progress.message}</p>;
 */
export function useTask<Result = unknown>(
  system: SystemClient | undefined,
  id: TaskId<Result> | string | undefined,
): TaskState<Result> | undefined;
export function useTask(
  source: ShownSession<unknown> | SystemClient | undefined,
  id?: string,
): TaskSessionState | TaskState | undefined {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (isSession(source)) return source.subscribe(listener);
      return source && id !== undefined ? followShared(source, id, listener) : () => {};
    },
    [source, id],
  );
  const read = () => {
    if (isSession(source)) return source.getState();
    return source && id !== undefined ? sharedTask(source, id) : undefined;
  };
  return useSyncExternalStore<TaskSessionState | TaskState | undefined>(subscribe, read, () =>
    isSession(source) ? source.getState() : undefined,
  );
}

function isSession(
  source: ShownSession<unknown> | SystemClient | undefined,
): source is ShownSession<unknown> {
  return source !== undefined && 'getState' in source;
}
