import type { TaskStatus } from '../../../src/contract/index.ts';
import type { Farm } from './openFarm.ts';
import { until } from './until.ts';

export interface AuditedRow {
  id: string;
  status: TaskStatus;
  attempt: number;
  losses: number;
  seq: string;
  published: boolean;
  error: unknown;
  wanted: number;
  poles: number;
  names: number;
}

/** Of the tasks that were followed since the last audit; problems of all. */
export interface Audit {
  tasks: number;
  succeeded: number;
  cancelled: number;
  /** Attempts beyond the first, over all tasks. */
  repeated: number;
  /** What is wrong, in words; nothing may be. */
  problems: string[];
}

/**
 * Waits until all tasks have ended and every follower knows, and holds the database against what was promised: each
 * task that succeeded is stored once and whole, of the others nothing is.
 */
export async function audit(farm: Farm, { seconds = 90 }: { seconds?: number } = {}): Promise<Audit> {
  const { followers, pool } = farm;
  const over = Promise.all(followers.map((follower) => follower.over.then(() => true as const)));
  let isOver = false;
  over.then(() => {
    isOver = true;
  });
  // Those that do not end are reported one by one below.
  await until('every task to end', () => isOver, seconds).catch(() => {});
  // The row notes a moment later that the end was published.
  await until('every row to note that its end was published', () => areAllPublished(pool), 10).catch(
    () => {},
  );
  const problems = followers.flatMap((follower) => follower.problems());
  const rows = await auditedRows(farm);
  const followed = new Set(followers.map(({ taskId }) => taskId));
  const audited = rows.filter(({ id }) => followed.has(id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  // No task of ours fails, unless the fault was made the task's.
  problems.push(...rows.flatMap((row) => problemsOfRow(row, () => false)));
  for (const { taskId, ending } of followers) problems.push(...problemsOfEnding(taskId, ending, byId));
  followers.splice(0);
  problems.push(...(await strays(pool)));
  const count = (status: string) => audited.filter((row) => row.status === status).length;
  return {
    tasks: audited.length,
    succeeded: count('succeeded'),
    cancelled: count('cancelled'),
    repeated: audited.reduce((sum, { attempt }) => sum + attempt - 1, 0),
    problems,
  };
}

/** What is wrong with what is stored of a task. */
export function problemsOfRow(row: AuditedRow, mayFail: (row: AuditedRow) => boolean): string[] {
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`task ${row.id}, ${row.status}: ${problem}`);
  if (!['succeeded', 'failed', 'cancelled'].includes(row.status)) say('has not ended');
  if (row.status === 'failed' && !mayFail(row)) say(`attempt ${row.attempt}, ${JSON.stringify(row.error)}`);
  if (!row.published) say('its end was not published');
  const wanted = row.status === 'succeeded' ? row.wanted : 0;
  if (row.poles !== wanted) say(`${row.poles} poles are stored, not ${wanted}`);
  if (row.names !== row.poles) say(`${row.poles} poles have ${row.names} names`);
  return problems;
}

/** What is wrong where followers of a task were told of this ending. */
export function problemsOfEnding(
  taskId: string,
  ending: { type: string; seq: number } | undefined,
  rows: ReadonlyMap<string, AuditedRow>,
): string[] {
  const row = rows.get(taskId);
  if (!row) return [`task ${taskId} is gone`];
  if (!ending || (ending.type === row.status && ending.seq === Number(row.seq))) return [];
  return [
    `task ${taskId}: followers received ${ending.type} (${ending.seq}), the row says ${row.status} (${row.seq})`,
  ];
}

/** Poles that no task wrote. */
export async function strays(pool: Farm['pool']): Promise<string[]> {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT count(*) FROM lrt.pole WHERE NOT EXISTS (
       SELECT FROM lrt.task WHERE id = split_part(properties ->> 'name', '#', 1))`,
  );
  return Number(rows[0]?.count) > 0 ? [`${rows[0]?.count} poles of no task`] : [];
}

export async function auditedRows({ pool }: Pick<Farm, 'pool'>): Promise<AuditedRow[]> {
  const { rows } = await pool.query<AuditedRow>(
    `SELECT task.id, status, attempt, losses, seq, published, error, (params ->> 'poles')::integer AS wanted,
       coalesce(stored.poles, 0)::integer AS poles, coalesce(stored.names, 0)::integer AS names
     FROM lrt.task LEFT JOIN (
       SELECT split_part(properties ->> 'name', '#', 1) AS id, count(*) AS poles,
         count(DISTINCT properties ->> 'name') AS names
       FROM lrt.pole GROUP BY 1
     ) AS stored ON stored.id = task.id ORDER BY ordinal`,
  );
  return rows;
}

export async function areAllPublished(pool: Farm['pool']): Promise<boolean> {
  const { rows } = await pool.query(
    'SELECT FROM lrt.task WHERE finished_at IS NOT NULL AND NOT published LIMIT 1',
  );
  return rows.length === 0;
}
