import type pg from 'pg';
import type { SelectableTask } from '../../../../backend/tasks/watch/TaskSelection.ts';

/** A row that changed a short while ago. */
export interface RecentRow {
  id: string;
  /** `new` and `gone` are that; `active`: a worker has it, or will soon. */
  kind: 'new' | 'active' | 'ended' | 'gone';
}

/** The places in the tables up to which rows were looked at. */
export interface RowMarks {
  newest: string;
  forgotten: string;
}

/** So many rows before a mark are looked at again: a transaction may commit later than one with higher numbers. */
const OVERLAP = 100;
/** Rows that one look returns of each kind. */
const MOST = 5_000;

/** Reads what changed in the tables, for servers whose watchers must not depend on what was published alone. */
export class ChangedRows {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async marks(): Promise<RowMarks> {
    const { rows } = await this.#pool.query<RowMarks>(
      `SELECT coalesce((SELECT max(ordinal) FROM lrt.task), 0) - ${OVERLAP} AS newest,
         coalesce((SELECT max(ordinal) FROM lrt.forgotten), 0) - ${OVERLAP} AS forgotten`,
    );
    return rows[0] ?? { newest: '0', forgotten: '0' };
  }

  /** The rows that are new or were deleted since the marks, and those that a worker has touched or that have ended in the last 15 s. */
  async recent({ newest, forgotten }: RowMarks): Promise<RecentRow[]> {
    const { rows } = await this.#pool.query<RecentRow>(
      `(SELECT id, 'new' AS kind FROM lrt.task WHERE ordinal > $1 AND created_at > now() - interval '15 seconds' ORDER BY ordinal LIMIT ${MOST})
       UNION ALL (SELECT id, 'active' FROM lrt.task
         WHERE dispatched AND finished_at IS NULL AND touched_at > now() - interval '15 seconds' LIMIT ${MOST})
       UNION ALL (SELECT id, 'ended' FROM lrt.task
         WHERE finished_at > now() - interval '15 seconds' ORDER BY finished_at DESC LIMIT ${MOST})
       UNION ALL (SELECT task_id, 'gone' FROM lrt.forgotten
         WHERE ordinal > $2 AND forgotten_at > now() - interval '15 seconds' ORDER BY ordinal LIMIT ${MOST})`,
      [newest, forgotten],
    );
    return rows;
  }

  /** The facts about tasks that were deleted, as long as they are kept. Nobody knows how they ended. */
  async forgotten(ids: readonly string[]): Promise<Map<string, SelectableTask>> {
    const { rows } = await this.#pool.query<{
      task_id: string;
      owner: string;
      name: string;
      tags: string[];
      design: string | null;
    }>('SELECT task_id, owner, name, tags, design FROM lrt.forgotten WHERE task_id = ANY ($1)', [ids]);
    return new Map(
      rows.map(({ task_id, owner, name, tags, design }) => [
        task_id,
        { owner, name, tags, design: design ?? undefined, status: 'succeeded', message: '', bbox: undefined },
      ]),
    );
  }
}
