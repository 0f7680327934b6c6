import type pg from 'pg';
import { searchable, type TaskRow } from './taskRow.ts';

/** The columns that a list shows. */
const LISTED = `id, ordinal, name, queue, priority, owner, status, params, tags, fingerprint, items, only_items,
  ignored_params, retry_of, exclusive_key, attempt, losses, job, cancel_requested, cancelled_by, cancel_requested_at, progress, seq, NULL::json AS result, error,
  traceparent, created_at, started_at, finished_at, published`;

/** Finds rows of lrt.task. */
export class TaskLookup {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async find(id: string): Promise<TaskRow | undefined> {
    const { rows } = await this.#pool.query<TaskRow>('SELECT * FROM lrt.task WHERE id = $1', [id]);
    return rows[0];
  }

  async findAll(ids: string[]): Promise<TaskRow[]> {
    const { rows } = await this.#pool.query<TaskRow>('SELECT * FROM lrt.task WHERE id = ANY ($1)', [ids]);
    return rows;
  }

  async withKey(owner: string, idempotencyKey: string): Promise<TaskRow | undefined> {
    const { rows } = await this.#pool.query<TaskRow>(
      'SELECT task.* FROM lrt.task_key AS known JOIN lrt.task ON task.id = known.task_id WHERE known.owner = $1 AND known.key = $2',
      [owner, JSON.stringify(idempotencyKey)],
    );
    return rows[0];
  }

  /** Newest first, without their results, which may be large. */
  async list(query: {
    owner: string | undefined;
    status: 'active' | 'finished' | undefined;
    name: string | undefined;
    words: string | undefined;
    /** Ordinal. */
    before: number | undefined;
    limit: number;
  }): Promise<TaskRow[]> {
    const { owner, status, name, words, before, limit } = query;
    const { rows } = await this.#pool.query<TaskRow>(
      `SELECT ${LISTED} FROM lrt.task
       WHERE ($1::text IS NULL OR owner = $1) AND ($2::bigint IS NULL OR ordinal < $2)
         AND ($3::text IS NULL OR (finished_at IS NULL) = ($3 = 'active')) AND ($4::text IS NULL OR name = $4)
         AND ($5::text IS NULL OR position($5 IN words) > 0 OR position($5 IN message) > 0)
       ORDER BY ordinal DESC LIMIT $6`,
      [owner, before, status, name?.replaceAll('\0', '\ufffd'), words && searchable(words), limit],
    );
    return rows;
  }
}
