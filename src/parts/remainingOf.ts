import type { TaskState } from '../client/taskStore.ts';
import { createRemainingTime, type Remaining, type RemainingTime } from './remaining.ts';

export { remainingLeftText, remainingText } from './remaining.ts';

/** The estimate goes on while a dialog is closed or folded: it belongs to the session, and not to a component. */
const estimates = new WeakMap<object, { key: string; remaining: RemainingTime }>();

/**
 * Estimates how long the task of a session still needs. All components that show the session have the same interval.
 *
 * @param nowMs Unix time in milliseconds
 */
export function remainingOf(session: object, task: TaskState, nowMs: number): Remaining {
  const { id, attempt, status, progress, running } = task;
  if (status !== 'running') return undefined;
  const key = `${attempt} ${id}`;
  let entry = estimates.get(session);
  if (entry?.key !== key) {
    entry = { key, remaining: createRemainingTime() };
    estimates.set(session, entry);
    // Whoever finds a running task again knows its pace from its start.
    if (running) entry.remaining.add(0, 100, running.asOfMs - running.ms);
  }
  if (progress.percent !== null) entry.remaining.add(progress.percent, 100, nowMs);
  return entry.remaining.at(nowMs);
}
