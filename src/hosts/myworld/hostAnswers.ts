// Checks what a host's own client resolves with: it may be something else than its documents say.
import type { ExportedFile, ListQuery } from '../../client/SystemClient.ts';
import {
  type ItemPage,
  isTerminal,
  type LogPage,
  TASK_STATUSES,
  type TaskCounts,
  type TaskPage,
  type TaskPreview,
  type TaskSnapshot,
  type TaskStatus,
  type TaskWaiting,
} from '../../contract/index.ts';
import { fieldOf, isObject, textOf } from './parseHost.ts';

/** The status, if it is one. */
function statusOf(given: unknown): TaskStatus | undefined {
  return TASK_STATUSES.find((status) => status === given);
}

/** True for a task with an id and a status. Whoever shows it reads its other fields with care. */
export function isTask(given: unknown): given is TaskSnapshot {
  const id = fieldOf(given, 'id');
  const hasId = typeof id === 'string' || typeof id === 'number';
  return hasId && statusOf(fieldOf(given, 'status')) !== undefined;
}

/** True for why tasks wait, by their ids. */
export function isReasons(given: unknown): given is Readonly<Record<string, TaskWaiting>> {
  return (
    isObject(given) &&
    !Array.isArray(given) &&
    Object.values(given).every((waiting) => typeof fieldOf(waiting, 'reason') === 'string')
  );
}

export function isItemPage(given: unknown): given is ItemPage {
  return Array.isArray(fieldOf(given, 'items'));
}

export function isLogPage(given: unknown): given is LogPage {
  return (
    Array.isArray(fieldOf(given, 'lines')) &&
    typeof fieldOf(given, 'cursor') === 'string' &&
    typeof fieldOf(given, 'hasMore') === 'boolean'
  );
}

export function isCounts(given: unknown): given is TaskCounts {
  const byStatus = fieldOf(given, 'byStatus');
  return (
    typeof fieldOf(given, 'others') === 'number' &&
    TASK_STATUSES.every((status) => Number.isInteger(fieldOf(byStatus, status)))
  );
}

export function isExportedFile(given: unknown): given is ExportedFile {
  return typeof fieldOf(given, 'name') === 'string' && fieldOf(given, 'blob') instanceof Blob;
}

export function isPreview(given: unknown): given is TaskPreview {
  return (
    ['counts', 'features', 'remarks'].every((field) => Array.isArray(fieldOf(given, field))) &&
    typeof fieldOf(given, 'featureTotal') === 'number'
  );
}

/** Keeps only complete tasks that match the query. A host's list may not support queries. */
export function pageOf(given: unknown, query: ListQuery): TaskPage {
  const tasks = fieldOf(given, 'tasks') ?? given;
  if (!Array.isArray(tasks)) return { tasks: [] };
  const nextCursor = textOf(fieldOf(given, 'nextCursor'));
  const watchCursor = textOf(fieldOf(given, 'watchCursor'));
  return {
    ...(nextCursor !== undefined && { nextCursor }),
    ...(watchCursor !== undefined && { watchCursor }),
    tasks: tasks.filter((task: unknown): task is TaskSnapshot => {
      const status = statusOf(fieldOf(task, 'status'));
      return (
        isTask(task) &&
        status !== undefined &&
        (query.name === undefined || fieldOf(task, 'name') === query.name) &&
        (query.status === undefined || isTerminal(status) === (query.status === 'finished'))
      );
    }),
  };
}
