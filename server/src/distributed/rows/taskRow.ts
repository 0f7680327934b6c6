import type {
  BoundingBox,
  BuiltSummary,
  DesignFacts,
  ItemSummary,
  TaskError,
  TaskProgress,
  TaskSnapshot,
  TaskStatus,
} from '../../../../src/contract/index.ts';

/** A row of lrt.task as the driver gives it: bigint as text, times as Date, JSON read. */
export interface TaskRow {
  id: string;
  ordinal: string;
  name: string;
  queue: string;
  priority: number;
  owner: string;
  status: TaskStatus;
  params: Record<string, unknown>;
  tags: string[];
  fingerprint: string;
  items: ItemSummary | null;
  /** Ids of the items to work on; null: all. */
  only_items: string[] | null;
  ignored_params: string[] | null;
  /** Sums up what the task built. Null until it has ended. */
  built: BuiltSummary | null;
  retry_of: string | null;
  exclusive_key: string | null;
  /** The run of a workflow that the task is a node of. */
  run_id: string | null;
  attempt: number;
  losses: number;
  job: number;
  cancel_requested: boolean;
  /** The owner name of the caller who asked first. Null: nobody did, or a server of an earlier version noted it. */
  cancelled_by: string | null;
  cancel_requested_at: Date | null;
  progress: TaskProgress;
  seq: string;
  result: unknown;
  error: TaskError | null;
  traceparent: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  /** The facts about its design, as a query may add them. Times are ISO 8601. Null: nothing is known of the design. */
  design_facts?: { changed: string | null; deleted: string | null; posted: string | null } | null;
  /** True once the log has the terminal event. Then `seq` is that event's number. */
  published: boolean;
  /** In a row that was just claimed: the time for which the task could have run and did not. */
  wait_seconds?: number;
  /** In a row that was just claimed: the time since it was claimed first. */
  begun_seconds?: number;
}

/** The column `design_facts` of a query of lrt.task. The database compares the times: it knows them to the microsecond. */
export const DESIGN_FACTS = `(SELECT json_build_object(
    'changed', CASE WHEN fact.changed_at > task.finished_at THEN fact.changed_at END,
    'deleted', CASE WHEN fact.deleted_at > coalesce(task.finished_at, task.created_at) THEN fact.deleted_at END,
    'posted', CASE WHEN fact.posted_at > coalesce(task.finished_at, task.created_at) THEN fact.posted_at END)
  FROM lrt.design_fact AS fact WHERE fact.design = task.design) AS design_facts`;

/** A task that may go to the queue now. */
export interface Dispatched {
  id: string;
  queue: string;
  priority: number;
  job: number;
}

/** The time at which a new row was inserted, by the database's clock; or why nothing was. 'over': it is a node of a run that is over. */
export type Inserted = { createdAt: string; claimed?: true } | 'known' | 'full' | 'over';

/** The task with the time at which it was inserted, by the database's clock. Throws where it was not inserted. */
export function insertedTask(task: TaskSnapshot, outcome: Inserted): TaskSnapshot {
  if (typeof outcome === 'object') return { ...task, createdAt: outcome.createdAt };
  throw new Error(`Task ${task.id} was not inserted (${outcome})`);
}

/** The task as its row has it. While the task runs, its log knows some of it better: see `withLoggedState`. */
export function snapshotOf(row: TaskRow): TaskSnapshot {
  return {
    id: row.id,
    name: row.name,
    queue: row.queue,
    status: row.status,
    progress: row.progress,
    params: row.params,
    ...(row.status === 'succeeded' && { result: row.result }),
    ...(row.status === 'failed' && row.error && { error: row.error }),
    owner: row.owner,
    tags: row.tags,
    ...(row.items && { items: row.items }),
    ...(row.built && { built: row.built }),
    ...(row.ignored_params && { ignoredParams: row.ignored_params }),
    ...(row.retry_of !== null && { retryOf: row.retry_of }),
    createdAt: row.created_at.toISOString(),
    ...(row.started_at && { startedAt: row.started_at.toISOString() }),
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
    ...(row.cancel_requested && row.status === 'running' && { cancelRequested: true }),
    ...(row.cancelled_by !== null && { cancelledBy: row.cancelled_by }),
    ...(row.cancel_requested_at && { cancelRequestedAt: row.cancel_requested_at.toISOString() }),
    ...designFactsOf(row),
    attempt: row.attempt,
    seq: Number(row.seq),
  };
}

/** The facts about the task's design, where the query read them. */
export function designFactsOf({ design_facts: facts }: Pick<TaskRow, 'design_facts'>): DesignFacts {
  const iso = (time: string) => new Date(time).toISOString();
  return {
    ...(facts?.changed && { designChangedAt: iso(facts.changed) }),
    ...(facts?.deleted && { designDeletedAt: iso(facts.deleted) }),
    ...(facts?.posted && { designPostedAt: iso(facts.posted) }),
  };
}

/** Text as PostgreSQL can hold it, in lower case, for searching. */
export function searchable(...texts: string[]): string {
  return storable(texts.join('\n').toLowerCase());
}

/** Text as PostgreSQL can hold it. */
export function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}

/** JSON of items in order of id: the order in which the database locks their rows. */
export function inOrder(items: readonly { id: string }[]): string {
  return JSON.stringify([...items].sort((a, b) => (a.id < b.id ? -1 : 1)));
}

/** A box as PostgreSQL reads it. */
export function boxText([west, south, east, north]: BoundingBox): string {
  return `(${west},${south}),(${east},${north})`;
}
