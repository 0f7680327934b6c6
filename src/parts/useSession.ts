import { useSyncExternalStore } from 'react';
import type { AnyParams, TaskControls, TaskSessionState } from './TaskSession.ts';

/** The part of a session that a component needs in order to show its state. */
export type ShownSession<Result> = Pick<TaskControls<AnyParams, Result>, 'subscribe' | 'getState'>;

/** The state of a session, for our own components. Authors have `useTask`, which also follows a task without a session. */
export function useSession<Result = unknown>(session: ShownSession<Result>): TaskSessionState<Result> {
  return useSyncExternalStore(session.subscribe, session.getState, session.getState);
}
