import type { ItemPage, ItemQuery, ItemSummary, TaskItem } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NewEvent } from './LoggedEvent.ts';
import type { RunLog } from './RunLog.ts';

// Pages of a task's items, for both engines.

/** Items on a page. A caller that asks for more gets so many. */
const MAX_LIMIT = 1_000;

export interface ParsedItemQuery {
  ok: boolean | undefined;
  /** Number of the last item of the page before. 0: the first page. */
  after: number;
  limit: number;
}

/** Throws 'invalid-request' that names the parameter. */
export function parseItemQuery({ ok, limit = 100, after }: ItemQuery): ParsedItemQuery {
  if (!Number.isInteger(limit) || limit < 1) refuse('limit', `an integer from 1; at most ${MAX_LIMIT} count`);
  if (after !== undefined && !/^\d{1,15}$/.test(after)) refuse('after', 'the nextAfter of an earlier page');
  return { ok, after: Number(after ?? 0), limit: Math.min(limit, MAX_LIMIT) };
}

/** The failures that a task's summary has, as a page, where nothing else of its items is kept. */
export function pageOfSummary(
  items: ItemSummary | undefined,
  { ok, after, limit }: ParsedItemQuery,
): ItemPage {
  const failures = ok === true ? [] : (items?.failures ?? []);
  const page = failures.slice(after, after + limit);
  const isLast = after + limit >= failures.length;
  return { items: page, ...(!isLast && { nextAfter: String(after + page.length) }) };
}

/** The log of a run, which also hands items to whoever keeps them. */
export function logWithItems(log: RunLog, keep: (items: readonly TaskItem[]) => void): RunLog {
  return {
    get task() {
      return log.task;
    },
    append(event: NewEvent) {
      if (event.type === 'items') keep(event.items);
      log.append(event);
    },
  };
}

function refuse(parameter: string, expected: string): never {
  const message = `"${parameter}" must be ${expected}`;
  throw new TaskRefusal({
    code: 'invalid-request',
    message,
    parameters: [{ parameter, code: 'out-of-range', message, expected }],
  });
}
