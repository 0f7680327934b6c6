import { runningMs } from '../client/taskReducer.ts';
import type { TaskState } from '../client/taskStore.ts';

/** Before this an estimate would be a guess. */
const ENOUGH = { percent: 2, seconds: 2 };
/** Steps in which an estimate changes: it should not twitch with every event. */
const STEP_SECONDS = 5;

/** The time for which the task has been running, or ran. @param nowMs Unix time in milliseconds */
export function elapsedSeconds(task: TaskState, nowMs: number): number | undefined {
  const ms = runningMs(task, nowMs);
  return ms === undefined ? undefined : ms / 1000;
}

/** Estimates the time that is left, at the pace so far. @param nowMs Unix time in milliseconds */
export function remainingSeconds(task: TaskState, nowMs: number): number | undefined {
  const elapsed = elapsedSeconds(task, nowMs);
  const { percent } = task.progress;
  if (elapsed === undefined || percent === null) return undefined;
  if (elapsed < ENOUGH.seconds || percent < ENOUGH.percent) return undefined;
  if (percent >= 100) return undefined;
  const seconds = (elapsed * (100 - percent)) / percent;
  return Math.ceil(seconds / STEP_SECONDS) * STEP_SECONDS;
}
