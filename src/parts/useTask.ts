import { useSyncExternalStore } from 'react';
import type { AnyParams, TaskControls, TaskSessionState } from './TaskSession.ts';

/**
 * The state of a session. The component renders again when it changes.
 *
 * @example
 * const { task, starting } = useTask(session);
 */
export function useTask<Result = unknown>(
  session: Pick<TaskControls<AnyParams, Result>, 'subscribe' | 'getState'>,
): TaskSessionState<Result> {
  return useSyncExternalStore(session.subscribe, session.getState, session.getState);
}
