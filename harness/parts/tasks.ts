import type { TaskState } from '../../src/parts/index.ts';

/** A task half way, and what a story has different. */
export function taskState(given: Partial<TaskState> = {}): TaskState {
  return {
    id: 'task-1',
    name: 'label_poles',
    params: { design: 'design/FTTH-North', prefix: 'N-' },
    status: 'running',
    progress: { percent: 61.7, step: 2, stepCount: 2, done: 617, total: 1000, message: '617 poles' },
    connection: { state: 'live' },
    // The story reads it at each render: on a slow machine much time passes before its assertions.
    get running() {
      return { ms: 95_000, asOfMs: Date.now() };
    },
    attempt: 1,
    logs: [],
    cancelRequested: false,
    ended: false,
    ...given,
  };
}
