import type { TaskEvent } from './task.ts';

// The log of a task, page by page, for as long as the task is kept.

export const LOG_LEVELS = ['info', 'warning', 'error'] as const;
export type LogLevel = Extract<TaskEvent, { type: 'log' }>['level'];

/** One line of a task's log. */
export interface LogLine {
  /** When the task said it, ISO 8601, by the clock of its worker. */
  at: string;
  level: LogLevel;
  /** At most 2,000 characters. */
  message: string;
  /** The attempt that said it. */
  attempt: number;
}

/** Selects lines of the log of a task. */
export interface LogQuery {
  /** The `cursor` of an earlier page: lines that came after it. */
  after?: string;
  /** 1 to 1,000, default 200. */
  limit?: number;
  /** The least level: 'warning' selects warnings and errors. */
  level?: LogLevel;
  /** Text that the message contains, whatever its case. At most 200 characters. */
  q?: string;
}

/** A page of the log, the oldest line first. */
export interface LogPage {
  lines: LogLine[];
  /** Read on from here, also later, once the task has said more. */
  cursor: string;
  /** True: there are more lines now. */
  hasMore: boolean;
}

/** A server keeps so many lines of each task, the newest. */
export const MAX_LOG_LINES = 50_000;
