import { LOG_LEVELS, type LogLine, type LogPage, type LogQuery } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NewEvent } from './LoggedEvent.ts';
import type { RunLog } from './RunLog.ts';

// Pages of a task's log, for both engines.

/** Lines on a page. A caller that asks for more gets so many. */
const MAX_LIMIT = 1_000;
const MAX_WORDS = 200;

export interface ParsedLogQuery {
  /** The number of the last line of the page before. 0: the first page. */
  after: number;
  limit: number;
  /** The place of the least level in LOG_LEVELS. */
  level: number;
  /** The text is in lower case. Where it is undefined, every message fits. */
  words: string | undefined;
}

/** Throws 'invalid-request' that names the parameter. */
export function parseLogQuery({ after, limit = 200, level = 'info', q = '' }: LogQuery): ParsedLogQuery {
  if (!Number.isInteger(limit) || limit < 1) refuse('limit', `an integer from 1; at most ${MAX_LIMIT} count`);
  if (after !== undefined && !/^\d{1,15}$/.test(after)) refuse('after', 'the cursor of an earlier page');
  const least = LOG_LEVELS.indexOf(level);
  if (least < 0) refuse('level', LOG_LEVELS.map((known) => `"${known}"`).join(', '));
  if (q.length > MAX_WORDS) refuse('q', `at most ${MAX_WORDS} characters long`);
  return {
    after: Number(after ?? 0),
    limit: Math.min(limit, MAX_LIMIT),
    level: least,
    words: q.toLowerCase() || undefined,
  };
}

/** A page of lines with their numbers: one line more than `limit` says that there are more. */
export function logPage(
  found: readonly { number: number; line: LogLine }[],
  { after, limit }: Pick<ParsedLogQuery, 'after' | 'limit'>,
): LogPage {
  const page = found.slice(0, limit);
  return {
    lines: page.map(({ line }) => line),
    cursor: String(page.at(-1)?.number ?? after),
    hasMore: found.length > limit,
  };
}

/** The log of a run, which also hands its lines to whoever keeps them. */
export function logWithLines(log: RunLog, keep: (line: LogLine) => void): RunLog {
  return {
    get task() {
      return log.task;
    },
    append(event: NewEvent) {
      if (event.type === 'log') keep(lineOf(event, log.task.attempt));
      log.append(event);
    },
  };
}

/** The line of an event that is appended now. */
export function lineOf({ level, message }: Pick<LogLine, 'level' | 'message'>, attempt: number): LogLine {
  return { at: new Date().toISOString(), level, message, attempt };
}

function refuse(parameter: string, expected: string): never {
  const message = `"${parameter}" must be ${expected}`;
  throw new TaskRefusal({
    code: 'invalid-request',
    message,
    parameters: [{ parameter, code: 'out-of-range', message, expected }],
  });
}
