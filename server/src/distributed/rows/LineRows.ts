import type pg from 'pg';
import { logPage, type ParsedLogQuery } from '../../../../backend/tasks/logPages.ts';
import { LOG_LEVELS, type LogLine, type LogPage, MAX_LOG_LINES } from '../../../../src/contract/index.ts';
import { retryConflicts } from '../../common/retryConflicts.ts';
import { storable } from './taskRow.ts';

/** Reads and writes the lines of tasks' logs, in lrt.task_log. */
export class LineRows {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** A page of the log of a task. Without a text that is searched for, the time it takes does not depend on `after`. */
  async page(taskId: string, query: ParsedLogQuery): Promise<LogPage> {
    const { after, limit, level, words } = query;
    const { rows } = await this.#pool.query<{
      number: string;
      attempt: number;
      level: number;
      at: Date;
      message: string;
    }>(
      `SELECT number, attempt, level, at, message FROM lrt.task_log
       WHERE task_id = $1 AND number > $2 AND level >= $3
         AND ($4::text IS NULL OR position($4 IN lower(message)) > 0)
       ORDER BY number LIMIT $5`,
      [taskId, after, level, words === undefined ? null : storable(words), limit + 1],
    );
    return logPage(
      rows.map((row) => ({
        number: Number(row.number),
        line: {
          at: row.at.toISOString(),
          level: LOG_LEVELS[row.level] ?? 'info',
          message: row.message,
          attempt: row.attempt,
        },
      })),
      query,
    );
  }

  /** Writes lines of a task, if it is there. */
  async write(taskId: string, lines: readonly LogLine[]): Promise<void> {
    await retryConflicts(() =>
      this.#pool.query(
        `INSERT INTO lrt.task_log (task_id, attempt, level, at, message)
         SELECT $1, given.attempt, given.level, given.at, given.message
         FROM unnest($2::integer[], $3::smallint[], $4::timestamptz[], $5::text[]) WITH ORDINALITY
           AS given (attempt, level, at, message, nth)
         WHERE EXISTS (SELECT FROM lrt.task WHERE task.id = $1)
         ORDER BY given.nth`,
        [
          taskId,
          lines.map(({ attempt }) => attempt),
          lines.map(({ level }) => LOG_LEVELS.indexOf(level)),
          lines.map(({ at }) => at),
          lines.map(({ message }) => storable(message)),
        ],
      ),
    );
  }

  /** Deletes the lines of a task that are more than a server keeps, the oldest. */
  async cut(taskId: string): Promise<void> {
    await this.#pool.query(
      `DELETE FROM lrt.task_log WHERE task_id = $1 AND number <= (
         SELECT number FROM lrt.task_log WHERE task_id = $1 ORDER BY number DESC OFFSET ${MAX_LOG_LINES} LIMIT 1
       )`,
      [taskId],
    );
  }
}
