import type pg from 'pg';
import type { DesignChange, DesignFacts } from '../../../../src/contract/index.ts';
import { DESIGN_FACTS, designFactsOf, type TaskRow } from './taskRow.ts';

/** A design that changed, with the number and the time of its last change. */
export interface ChangedDesign {
  design: string;
  number: string;
  at: Date;
  /** It changed within the last ten minutes. */
  is_recent: boolean;
}

/** Watchers hear of so many tasks of one design that it changed: the newest. Lists say it of all. */
const MOST_OF_DESIGN = 200;

/** A change with a lower number may be committed later. So many numbers before the newest are looked at again. */
const OVERLAP = 100;
const MOST = 5_000;

/**
 * Reads and writes lrt.design_fact, which says when designs changed. The triggers of lrt.design write it as well, for designs of
 * the network.
 */
export class DesignRows {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async note({ design, change }: DesignChange): Promise<void> {
    await this.#pool.query('SELECT lrt.note_design($1, $2)', [design, change]);
  }

  /** Reads the facts about the design of a task. */
  async factsOfTask(id: string): Promise<DesignFacts> {
    const { rows } = await this.#pool.query<Pick<TaskRow, 'design_facts'>>(
      `SELECT ${DESIGN_FACTS} FROM lrt.task WHERE id = $1`,
      [id],
    );
    return rows[0] ? designFactsOf(rows[0]) : {};
  }

  /** The designs that changed since the newest change had this number, or a few before; undefined: the last ones. In their order. */
  async changedDesigns(since: string | undefined): Promise<ChangedDesign[]> {
    const { rows } = await this.#pool.query<ChangedDesign>(
      `SELECT design, number, at, at > now() - interval '10 minutes' AS is_recent
       FROM (SELECT *, greatest(changed_at, deleted_at, posted_at) AS at FROM lrt.design_fact) AS fact
       WHERE number > coalesce($1, (SELECT max(number) FROM lrt.design_fact)) - ${OVERLAP}
       ORDER BY number LIMIT ${MOST}`,
      [since],
    );
    return rows;
  }

  /**
   * The newest tasks of a design that have something new to say of it. `since`: its last change of which its tasks have said so.
   * A task that had ended before says of a change no more than it said then.
   */
  async tasksOfDesign(design: string, since: Date | undefined): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `SELECT task.id FROM lrt.task CROSS JOIN (
         SELECT changed_at, greatest(deleted_at, posted_at) AS gone_at FROM lrt.design_fact WHERE design = $1
       ) AS fact
       WHERE left(task.design, 200) = left($1, 200) AND task.design = $1 AND (
         (task.finished_at < fact.changed_at AND task.finished_at >= coalesce($2::timestamptz, '-infinity'))
         OR (coalesce(task.finished_at, task.created_at) < fact.gone_at AND fact.gone_at > coalesce($2::timestamptz, '-infinity')))
       ORDER BY task.ordinal DESC LIMIT ${MOST_OF_DESIGN}`,
      [design, since],
    );
    return rows.map(({ id }) => id);
  }
}
