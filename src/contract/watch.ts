import type { BoundingBox } from './geometry.ts';
import { isTerminal, TASK_STATUSES, type TaskSnapshot, type TaskStatus } from './task.ts';

/**
 * Selects tasks by what they are, for a list and for a watch. Each field narrows the selection. A filter without fields
 * selects every task that the caller may see.
 */
export interface TaskFilter {
  /** 'active': those that have not ended. 'finished': those that have. Or one status. */
  status?: 'active' | 'finished' | TaskStatus;
  name?: string;
  /** Free text over name, progress message and tags. */
  q?: string;
  /** 'me': only the caller's own tasks. An admin sees everyone's without it. */
  owner?: 'me';
  tag?: string;
  /** The task's parameter `design`, such as 'design/FTTH-North'. */
  design?: string;
  /** Only tasks whose work touches this box. Where west is greater than east, the box crosses the antimeridian. */
  bbox?: BoundingBox;
  /** false: without the tasks of nodes of workflows. Their runs are there. */
  nodes?: false;
}

export const TASK_FILTER_STATUSES = ['active', 'finished', ...TASK_STATUSES] as const;

/**
 * True if a task with this status fits the `status` of a filter.
 *
 * @example
 * fitsStatus('running', 'active'); // true
 */
export function fitsStatus(status: TaskStatus, wanted: TaskFilter['status']): boolean {
  if (wanted === undefined || wanted === status) return true;
  return isTerminal(status) ? wanted === 'finished' : wanted === 'active';
}

/**
 * An event of a watch. A watch says how tasks stand now, and not each step on the way there: a task that changed ten times
 * while the reader was busy comes once. `cursor` is where a later watch goes on from, so that it brings every change after
 * this event. Only the server can read it.
 */
export type WatchEvent = { cursor: string } & (
  | {
      /** The first event of each watch. */
      type: 'watching';
      /** The server no longer knows what followed the cursor that was given. The list has to be read again. */
      reset?: true;
    }
  | {
      /** A task that the filter selects is new, or has changed. */
      type: 'task';
      /** As a list shows it: without its result. */
      task: TaskSnapshot;
    }
  | {
      /**
       * The filter does not select the task any more, or the task was deleted. It may come for a task that the watch has
       * not named before.
       */
      type: 'gone';
      taskId: string;
      /** The task as it is now. Absent where it was deleted. */
      task?: TaskSnapshot;
    }
);

/** Names of the server-sent events of a watch. */
export const WATCH_EVENT_TYPES = ['watching', 'task', 'gone'] as const;
