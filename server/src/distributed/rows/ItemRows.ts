import type pg from 'pg';
import type { ItemFailure, ItemPage, TaskItem } from '../../../../src/contract/index.ts';
import { retryConflicts } from '../../common/retryConflicts.ts';

/** Reads how the items of an attempt ended, from lrt.task_item. */
export class ItemRows {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** A page of the items of an attempt, in the order of their reports. The time it takes does not depend on `after`. */
  async page(
    { id, attempt }: { id: string; attempt: number },
    { ok, after, limit }: { ok: boolean | undefined; after: number; limit: number },
  ): Promise<ItemPage> {
    const wanted = ok === undefined ? [true, false] : [ok];
    const { rows } = await this.#pool.query<{ id: string; number: string; failure: Failure | null }>(
      `SELECT found.* FROM unnest($1::boolean[]) AS wanted (ok) CROSS JOIN LATERAL (
         SELECT id, number, failure FROM lrt.task_item
         WHERE task_id = $2 AND attempt = $3 AND (failure IS NULL) = wanted.ok AND number > $4
         ORDER BY number LIMIT $5
       ) AS found ORDER BY found.number LIMIT $5`,
      [wanted, id, attempt, after, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => (row.failure ? { id: row.id, ...row.failure } : { id: row.id, ok: true })),
      ...(last && rows.length > limit && { nextAfter: last.number }),
    };
  }

  /** Ids of the items of an attempt that failed, in the order of their reports, at most `limit`. */
  async failed({ id, attempt }: { id: string; attempt: number }, limit: number): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `SELECT id FROM lrt.task_item WHERE task_id = $1 AND attempt = $2 AND (failure IS NULL) = false
       ORDER BY number LIMIT $3`,
      [id, attempt, limit],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Writes how items ended, unless another attempt runs the task by now. `from` is the number of the first. Each id comes
   * once.
   */
  async write(
    { id, attempt }: { id: string; attempt: number },
    from: number,
    items: readonly TaskItem[],
  ): Promise<void> {
    const failures = items.map((item) => (item.ok ? null : JSON.stringify(failureOf(item))));
    await retryConflicts(() =>
      this.#pool.query(
        `INSERT INTO lrt.task_item AS known (task_id, attempt, id, number, failure)
         SELECT $1, $2, given.id, $3 + given.nth - 1, given.failure::json
         FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS given (id, failure, nth)
         WHERE EXISTS (SELECT FROM lrt.task WHERE task.id = $1 AND task.attempt = $2 AND task.status = 'running')
         ON CONFLICT (task_id, attempt, id) DO UPDATE SET failure = excluded.failure`,
        [id, attempt, from, items.map((item) => storable(item.id)), failures],
      ),
    );
  }

  /** Deletes the items of earlier attempts. */
  async forgetBefore({ id, attempt }: { id: string; attempt: number }): Promise<void> {
    await this.#pool.query('DELETE FROM lrt.task_item WHERE task_id = $1 AND attempt < $2', [id, attempt]);
  }
}

type Failure = Omit<ItemFailure, 'id'>;

function failureOf({ code, message, geometry }: ItemFailure): Failure {
  return { code, message: storable(message), ...(geometry && { geometry }) };
}

/** Text as PostgreSQL can hold it. */
function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}
