import { runningMs } from '../client/taskReducer.ts';
import type { TaskState } from '../client/taskStore.ts';

/** The time for which the task has been running, or ran. @param nowMs Unix time in milliseconds */
export function elapsedSeconds(task: TaskState, nowMs: number): number | undefined {
  const ms = runningMs(task, nowMs);
  return ms === undefined ? undefined : ms / 1000;
}
