import { useSyncExternalStore } from 'react';
import type { TaskControls, TaskSessionState } from './TaskSession.ts';

/**
 * The state of a session. The component renders again when it changes.
 *
 * @example
 * const { task, starting } = useTask(session);
 */
export function useTask(session: Pick<TaskControls, 'subscribe' | 'getState'>): TaskSessionState {
  return useSyncExternalStore(session.subscribe, session.getState, session.getState);
}
