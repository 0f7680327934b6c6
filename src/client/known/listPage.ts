// Filters and pages the known tasks, for the client of a protocol whose server does neither.
import {
  isNodeTask,
  isTerminal,
  type TaskFilter,
  type TaskPage,
  type TaskSnapshot,
} from '../../contract/index.ts';
import type { ListQuery } from '../SystemClient.ts';
import { TaskClientError } from '../TaskClientError.ts';

/**
 * True where the filter selects the task. The protocol does not say where a task works, so a filter by place selects none.
 * Every known task counts as the caller's own.
 */
export function matches(filter: TaskFilter, task: TaskSnapshot): boolean {
  const { status, name, q, tag, design, bbox, nodes } = filter;
  if (status !== undefined && isTerminal(task.status) !== (status === 'finished')) return false;
  if (name !== undefined && task.name !== name) return false;
  if (tag !== undefined && !task.tags.includes(tag)) return false;
  if (nodes === false && isNodeTask(task)) return false;
  if (design !== undefined && task.params.design !== design) return false;
  if (q !== undefined) {
    const wanted = q.toLowerCase();
    const texts = [task.name, task.progress.message, ...task.tags];
    if (!texts.some((text) => text.toLowerCase().includes(wanted))) return false;
  }
  return bbox === undefined;
}

/** The page that a query asks for, newest first. `tasks` are in the order in which the server sends them: the oldest first. */
export function pageOf(tasks: readonly TaskSnapshot[], query: ListQuery): TaskPage {
  const { limit = 50, cursor, ...filter } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) refuse('limit', 'a whole number from 1 to 200');
  const found = tasks
    .filter((task) => matches(filter, task))
    .reverse()
    .sort((a, b) => (a.createdAt === b.createdAt ? 0 : a.createdAt < b.createdAt ? 1 : -1));
  let start = 0;
  if (cursor !== undefined) {
    const [, createdAt = '', id] =
      /^(\S+) (.*)$/s.exec(cursor) ?? refuse('cursor', 'the nextCursor of a page');
    start = found.findIndex((task) => task.id === id) + 1;
    // The last task of the page before is gone meanwhile.
    if (start === 0) start = found.findIndex((task) => task.createdAt < createdAt);
    if (start < 0) start = found.length;
  }
  const page = found.slice(start, start + limit);
  const last = page.at(-1);
  return {
    tasks: page,
    ...(last && start + limit < found.length && { nextCursor: `${last.createdAt} ${last.id}` }),
  };
}

function refuse(parameter: string, expected: string): never {
  const message = `"${parameter}" must be ${expected}`;
  throw new TaskClientError({
    code: 'invalid-request',
    message: `listTasks: ${message}`,
    parameters: [{ parameter, code: 'out-of-range', message, expected }],
  });
}
