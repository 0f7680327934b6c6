import { useSyncExternalStore } from 'react';
import type { TaskControls, TaskSessionState } from './TaskSession.ts';

/** What the session knows; renders again when it changes. */
export function useTask(session: Pick<TaskControls, 'subscribe' | 'getState'>): TaskSessionState {
  return useSyncExternalStore(session.subscribe, session.getState, session.getState);
}
