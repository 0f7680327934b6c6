import type { TaskCounts, TaskFilter, TaskSnapshot } from '../contract/index.ts';
import type { TaskAction } from './taskActions.ts';

/** The user is asked whether an action on these tasks is meant. */
export interface Asked {
  action: TaskAction;
  tasks: readonly TaskSnapshot[];
  /** It is meant for all tasks that the server selects, and not for these alone: those that the list has not read, too. */
  all?: { filter: TaskFilter; counts: TaskCounts } | undefined;
}

/** The number of tasks that the action would act on. */
export function countOf({ action, tasks, all }: Asked): number {
  if (!all) return tasks.length;
  const { queued, running, succeeded, failed, cancelled } = all.counts.byStatus;
  if (action === 'cancel') return queued + running;
  return action === 'clear' ? succeeded + failed + cancelled : failed + cancelled;
}
