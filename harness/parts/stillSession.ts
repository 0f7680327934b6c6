import type { TaskControls, TaskSessionState } from '../../src/parts/index.ts';

/** A session that stays as it is, to look at one part in one state. */
export function stillSession(given: Partial<TaskSessionState> = {}): TaskControls {
  const state = { available: true, canCancel: true, starting: false, cancelling: false, ...given };
  return {
    getState: () => state,
    subscribe: () => () => {},
    start: async () => {},
    cancel: async () => {},
    retry: async () => {},
    canRetry: () => true,
    followAgain() {},
    dismiss() {},
  };
}
