import type pg from 'pg';
import { type Dispatched, inOrder, type TaskRow } from './taskRow.ts';

/** Says which of the tasks that ended are kept. */
export interface Retention {
  /** Days, for tasks that succeeded or were cancelled. */
  days: number;
  /** Days, for tasks that failed: somebody may have to look into them for longer. */
  failedDays: number;
  /** At most so many are kept, the newest. */
  tasks: number;
}

/**
 * Finds the rows of lrt.task that a crash left between two steps, and those that are old, for the sweeper. Tasks that may
 * run are handed to `onDispatch`.
 */
export class OverdueRows {
  readonly #pool: pg.Pool;
  readonly #onDispatch: (tasks: Dispatched[]) => void;

  constructor({ pool, onDispatch }: { pool: pg.Pool; onDispatch: (tasks: Dispatched[]) => void }) {
    this.#pool = pool;
    this.#onDispatch = onDispatch;
  }

  /** Tasks that ended a while ago and whose log does not say so yet. */
  async unpublished(): Promise<TaskRow[]> {
    const { rows } = await this.#pool.query<TaskRow>(
      `SELECT * FROM lrt.task WHERE NOT published AND id = ANY (ARRAY(
         SELECT task_id FROM lrt.unpublished WHERE finished_at < now() - interval '3 seconds' ORDER BY finished_at LIMIT 500
       )) ORDER BY finished_at`,
    );
    return rows;
  }

  /** Tasks that are said to be in a queue or to run, and that nobody has spoken of for so long. */
  async unattended(milliseconds: number): Promise<Dispatched[]> {
    const { rows } = await this.#pool.query<Dispatched>(
      `SELECT id, queue, priority, job FROM lrt.task
       WHERE dispatched AND finished_at IS NULL AND touched_at < now() - make_interval(secs => $1)
       ORDER BY touched_at LIMIT 1000`,
      [milliseconds / 1_000],
    );
    return rows;
  }

  /** Gives tasks another job: theirs got lost, or a worker that has it cannot run them now. */
  async dispatchAgain(tasks: readonly Pick<Dispatched, 'id' | 'job'>[]): Promise<void> {
    const { rows } = await this.#pool.query<Dispatched>('SELECT * FROM lrt.dispatch_again($1)', [
      inOrder(tasks),
    ]);
    if (rows.length > 0) this.#onDispatch(rows);
  }

  /** Deletes tasks that are kept no longer, at most 1,000 of them, and resolves with their ids. */
  async forget({ days, failedDays, tasks }: Retention): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      'SELECT forgotten.id FROM lrt.forget_tasks($1, $2, $3) AS forgotten (id)',
      [days, failedDays, tasks],
    );
    return rows.map(({ id }) => id);
  }
}
