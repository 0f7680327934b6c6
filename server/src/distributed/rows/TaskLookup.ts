import type pg from 'pg';
import {
  type BoundingBox,
  fitsStatus,
  isTerminal,
  MAX_COUNTED,
  type TaskFilter,
  type TaskStatus,
  TERMINAL_STATUSES,
} from '../../../../src/contract/index.ts';
import { boxText, DESIGN_FACTS, searchable, storable, type TaskRow } from './taskRow.ts';

/** The columns that a list shows. */
const LISTED = `id, ordinal, name, queue, priority, owner, status, params, tags, fingerprint, items, only_items,
  ignored_params, built, retry_of, exclusive_key, run_id, attempt, losses, job, cancel_requested, cancelled_by, cancel_requested_at, progress, seq, NULL::json AS result, error,
  traceparent, created_at, started_at, finished_at, published, ${DESIGN_FACTS}`;
const WHOLE = `task.*, ${DESIGN_FACTS}`;

/** Finds rows of lrt.task. */
export class TaskLookup {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async find(id: string): Promise<TaskRow | undefined> {
    const { rows } = await this.#pool.query<TaskRow>(`SELECT ${WHOLE} FROM lrt.task WHERE id = $1`, [id]);
    return rows[0];
  }

  async findAll(ids: string[]): Promise<TaskRow[]> {
    const { rows } = await this.#pool.query<TaskRow>(`SELECT ${WHOLE} FROM lrt.task WHERE id = ANY ($1)`, [
      ids,
    ]);
    return rows;
  }

  async withKey(owner: string, idempotencyKey: string): Promise<TaskRow | undefined> {
    const { rows } = await this.#pool.query<TaskRow>(
      'SELECT task.* FROM lrt.task_key AS known JOIN lrt.task ON task.id = known.task_id WHERE known.owner = $1 AND known.key = $2',
      [owner, JSON.stringify(idempotencyKey)],
    );
    return rows[0];
  }

  /** The id of a task that was cleared, and whose key must not start another one yet. */
  async clearedWithKey(owner: string, idempotencyKey: string): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ task_id: string }>(
      'SELECT task_id FROM lrt.task_key WHERE owner = $1 AND key = $2 AND cleared_until IS NOT NULL',
      [owner, JSON.stringify(idempotencyKey)],
    );
    return rows[0]?.task_id;
  }

  /** These tasks without their results, which may be large. */
  async listed(ids: readonly string[]): Promise<TaskRow[]> {
    const { rows } = await this.#pool.query<TaskRow>(`SELECT ${LISTED} FROM lrt.task WHERE id = ANY ($1)`, [
      ids,
    ]);
    return rows;
  }

  /** An ordinal above those of all tasks that are there. */
  async nextOrdinal(): Promise<number> {
    const { rows } = await this.#pool.query<{ next: string }>(
      'SELECT coalesce(max(ordinal), 0) + 1 AS next FROM lrt.task',
    );
    return Number(rows[0]?.next ?? 1);
  }

  /** True if there is a task of the queue that has not ended. */
  async hasActive(queue: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `SELECT FROM lrt.task WHERE ${ACTIVE} AND queue = $1 LIMIT 1`,
      [queue],
    );
    return rowCount !== 0;
  }

  /** Ids of the tasks that run now. `owner` undefined: of all owners. */
  async running(owner: string | undefined): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `SELECT id FROM lrt.task WHERE dispatched AND finished_at IS NULL AND status = 'running' AND ($1::text IS NULL OR owner = $1)`,
      [owner],
    );
    return rows.map(({ id }) => id);
  }

  /** Newest first, without their results. */
  async list(query: ListQuery): Promise<TaskRow[]> {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const conditions = await this.#conditions(query, bind);
    const { rows } = await this.#pool.query<TaskRow>(
      `SELECT ${LISTED} FROM lrt.task ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
       ORDER BY ordinal DESC LIMIT ${bind(query.limit)}`,
      values,
    );
    return rows;
  }

  /**
   * Counts the tasks that the query selects, by status; of those that have ended MAX_COUNTED + 1 at most. `others`: those
   * that do not belong to `me`.
   */
  async count(
    { filter: { status, ...filter }, ...query }: Omit<ListQuery, 'before' | 'limit'>,
    me: string,
  ): Promise<{ status: TaskStatus; count: number; others: number }[]> {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const common = await this.#conditions({ ...query, filter, before: undefined }, bind);
    const isOne = status !== undefined && status !== 'active' && status !== 'finished';
    const one = isOne ? [`status = ${bind(status)}`] : [];
    const select = (condition: string) =>
      `SELECT status, owner FROM lrt.task WHERE ${[...common, ...one, condition].join(' AND ')}`;
    const parts = [
      ...(status === undefined || fitsOne(status, ['queued', 'running']) ? [select(ACTIVE)] : []),
      // In no order, so that the database may stop wherever it began.
      ...(status === undefined || fitsOne(status, TERMINAL_STATUSES)
        ? [`(${select('finished_at IS NOT NULL')} LIMIT ${MAX_COUNTED + 1})`]
        : []),
    ];
    const { rows } = await this.#pool.query<{ status: TaskStatus; count: number; others: number }>(
      `SELECT status, count(*)::integer AS count, count(*) FILTER (WHERE owner <> ${bind(me)})::integer AS others
       FROM (${parts.join(' UNION ALL ')}) AS found GROUP BY status`,
      values,
    );
    return rows;
  }

  /** The conditions of a query. */
  async #conditions(query: Omit<ListQuery, 'limit'>, bind: (value: unknown) => string): Promise<string[]> {
    const few = await this.#few(query);
    return [
      ...conditionsOf(query, bind),
      ...(few
        ? [`ordinal = ANY (${bind(few)})`]
        : rareConditionsOf(query, bind).map((rare) => `coalesce(${rare}, false)`)),
    ];
  }

  /**
   * The ordinals of the tasks with the tag or in the place that the query names, where they are few. The database cannot know
   * how many they are. Few are found by their index. Where there are many, the newest rows have enough of them: the list
   * then reads rows by age, and the conditions are written so that no index is used for them.
   */
  async #few(query: Omit<ListQuery, 'limit'>): Promise<string[] | undefined> {
    const values: unknown[] = [];
    const rare = rareConditionsOf(query, (value) => `$${values.push(value)}`);
    if (rare.length === 0) return undefined;
    const { rows } = await this.#pool.query<{ ordinal: string }>(
      `SELECT ordinal FROM lrt.task WHERE ${rare.join(' AND ')} LIMIT ${FEW + 1}`,
      values,
    );
    return rows.length > FEW ? undefined : rows.map(({ ordinal }) => ordinal);
  }
}

const FEW = 5_000;
/** Tasks that have not ended are found by the indexes of those that wait and of those that were dispatched. */
const ACTIVE = '((dispatched AND finished_at IS NULL) OR (NOT dispatched AND finished_at IS NULL))';

function fitsOne(wanted: TaskFilter['status'], statuses: readonly TaskStatus[]): boolean {
  return statuses.some((status) => fitsStatus(status, wanted));
}

interface ListQuery {
  owner: string | undefined;
  filter: TaskFilter;
  /** Ids of running tasks whose work touches the box of the filter: their rows do not have their boxes yet. */
  touching: readonly string[];
  /** Ordinal. */
  before: number | undefined;
  limit: number;
}

/** The conditions of a list in SQL. Only those that are needed: the database then chooses its plan by them. */
function conditionsOf(
  { owner, filter, before }: Omit<ListQuery, 'limit'>,
  bind: (value: unknown) => string,
): string[] {
  const { status, name, q, design, nodes } = filter;
  const conditions: string[] = [];
  if (owner !== undefined) conditions.push(`owner = ${bind(owner)}`);
  if (before !== undefined) conditions.push(`ordinal < ${bind(before)}`);
  if (status !== undefined) {
    const hasEnded = status === 'finished' || (status !== 'active' && isTerminal(status));
    conditions.push(hasEnded ? 'finished_at IS NOT NULL' : ACTIVE);
    if (status !== 'active' && status !== 'finished') conditions.push(`status = ${bind(status)}`);
  }
  if (name !== undefined) conditions.push(`name = ${bind(storable(name))}`);
  const words = q?.trim();
  if (words) {
    const sought = bind(searchable(words));
    conditions.push(`(position(${sought} IN words) > 0 OR position(${sought} IN message) > 0)`);
  }
  if (design !== undefined) {
    const sought = bind(storable(design));
    conditions.push(`left(design, 200) = left(${sought}, 200) AND design = ${sought}`);
  }
  if (nodes === false) conditions.push('run_id IS NULL');
  return conditions;
}

/** The conditions about tags and places. */
function rareConditionsOf(
  { filter: { tag, bbox }, touching }: Omit<ListQuery, 'limit'>,
  bind: (value: unknown) => string,
): string[] {
  const conditions: string[] = [];
  if (tag !== undefined) {
    conditions.push(`(lrt.tag_texts(tags) @> ARRAY[${bind(JSON.stringify(tag))}] AND tags::text <> '[]')`);
  }
  if (bbox) {
    const boxes = withoutAntimeridian(bbox).map((box) => `box && ${bind(boxText(box))}::box`);
    conditions.push(`(${boxes.join(' OR ')} OR id = ANY (${bind(touching)}))`);
  }
  return conditions;
}

/** A box that crosses the antimeridian is two. */
function withoutAntimeridian([west, south, east, north]: BoundingBox): BoundingBox[] {
  if (west <= east) return [[west, south, east, north]];
  return [
    [west, south, 180, north],
    [-180, south, east, north],
  ];
}
