import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { JournaledLine } from '../../../backend/embedded/TaskJournal.ts';
import { LOG_LEVELS } from '../../../src/contract/index.ts';

const row = z.object({
  task_id: z.string(),
  number: z.int(),
  attempt: z.int(),
  level: z.int(),
  at: z.string(),
  message: z.string(),
});

/** Reads and writes the lines of tasks' logs in the file. The caller opens the transactions. */
export class TaskLines {
  readonly #database: DatabaseSync;
  readonly #adding: StatementSync;
  readonly #forgetting: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#adding = database.prepare('INSERT INTO task_log VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
    this.#forgetting = database.prepare('DELETE FROM task_log WHERE task_id = ? AND number <= ?');
  }

  /** The lines of all tasks that are there. A server of an earlier version may have removed tasks and left their lines. */
  read(): JournaledLine[] {
    this.#database.exec('DELETE FROM task_log WHERE task_id NOT IN (SELECT id FROM task)');
    const rows = this.#database.prepare('SELECT * FROM task_log ORDER BY task_id, number').all();
    return row
      .array()
      .parse(rows)
      .map(({ task_id, number, attempt, level, at, message }) => ({
        taskId: task_id,
        number,
        line: { at, level: LOG_LEVELS[level] ?? 'info', message, attempt },
      }));
  }

  write(added: readonly JournaledLine[], forgotten: ReadonlyMap<string, number>): void {
    for (const [taskId, upTo] of forgotten) this.#forgetting.run(taskId, upTo);
    for (const { taskId, number, line } of added) {
      const { attempt, level, at, message } = line;
      this.#adding.run(taskId, number, attempt, LOG_LEVELS.indexOf(level), at, message);
    }
  }

  remove(taskId: string): void {
    this.#forgetting.run(taskId, Number.MAX_SAFE_INTEGER);
  }
}
