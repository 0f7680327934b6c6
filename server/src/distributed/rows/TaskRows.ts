import type pg from 'pg';
import { BULK_QUEUE } from '../../../../backend/tasks/bulk/bulkParams.ts';
import { NO_PROGRESS } from '../../../../backend/tasks/newTask.ts';
import { nodeOfKey } from '../../../../backend/workflows/nodeKeys.ts';
import type {
  BuiltSummary,
  ItemSummary,
  TaskError,
  TaskProgress,
  TaskSnapshot,
  TerminalStatus,
} from '../../../../src/contract/index.ts';
import { retryConflicts } from '../../common/retryConflicts.ts';
import { Batcher } from './Batcher.ts';
import {
  boxText,
  type Dispatched,
  type Inserted,
  inOrder,
  searchable,
  storable,
  type TaskRow,
} from './taskRow.ts';
import { untilUnlocked } from './untilUnlocked.ts';
import { WaitingTasks } from './WaitingTasks.ts';

/** Waiting tasks over all owners; further ones are refused. */
const MAX_WAITING = 10_000;
/** The largest number that PostgreSQL takes there. */
const NO_LIMIT = 2 ** 31 - 1;
/** The rows of ends that no caller awaits are marked as published in batches, one in each such interval. */
const MARK_SOON_MS = 200;

export interface NewRow {
  task: TaskSnapshot;
  priority: number;
  fingerprint: string;
  idempotencyKey: string | undefined;
  exclusiveKey: string | undefined;
  /** Ids of the items to work on; undefined: all. */
  onlyItems?: readonly string[] | undefined;
  traceparent: string | undefined;
  /** True: the caller runs the task itself, if it may run now. */
  claim?: boolean;
}

/** The end of an attempt, as its row gets it. */
export interface Ending {
  id: string;
  attempt: number;
  status: TerminalStatus;
  progress: TaskProgress;
  /** The summary of the task's items. */
  items?: ItemSummary | undefined;
  /** Sums up what the attempt built. */
  built?: BuiltSummary | undefined;
  result?: unknown;
  error?: TaskError;
}

/** The answer of lrt.enqueue_tasks. */
interface Enqueued {
  created: string[];
  dispatched: Dispatched[];
  busy: boolean;
  over: string[];
  claimed: string[];
}

type Queryable = Pick<pg.Pool, 'query'>;

/**
 * Reads and writes the rows of lrt.task. The row is the truth about a task: it decides if the task may run, and which
 * end of it counts. A task that may run is handed to `onDispatch`. If that call gets lost, the sweeper finds the task.
 */
export class TaskRows {
  readonly #pool: pg.Pool;
  readonly #perOwner: number;
  readonly #onDispatch: (tasks: Dispatched[]) => void;
  readonly #onChange: (ids: string[]) => void;
  readonly #waiting: WaitingTasks;
  readonly #afterwards: (what: string, work: Promise<unknown>) => void;
  readonly #inserts: Batcher<NewRow, Inserted>;
  readonly #claims: Batcher<{ id: string; job: number }, TaskRow | 'stale' | 'locked'>;
  readonly #endings: Batcher<Ending, boolean>;
  readonly #published: Batcher<{ id: string; seq: number }, true>;
  readonly #publishedSoon: Batcher<{ id: string; seq: number }, true>;

  constructor(options: {
    pool: pg.Pool;
    tasksPerOwner: number;
    onDispatch: (tasks: Dispatched[]) => void;
    /** Tasks changed of which no event is logged. */
    onChange: (ids: string[]) => void;
    onProblem: (message: string, error: unknown) => void;
    /** Takes over work that nobody waits for; `what` says what went wrong where it rejects. */
    afterwards: (what: string, work: Promise<unknown>) => void;
  }) {
    this.#pool = options.pool;
    this.#perOwner = options.tasksPerOwner;
    this.#onDispatch = options.onDispatch;
    this.#onChange = options.onChange;
    this.#afterwards = options.afterwards;
    this.#waiting = new WaitingTasks(options);
    const batcher = <Item, Result>(
      what: string,
      work: (items: Item[]) => Promise<Result[]>,
      gatherMs?: number,
    ) =>
      new Batcher(work, {
        onSplit: (error) => options.onProblem(`${what} failed together; one by one now`, error),
        ...(gatherMs !== undefined && { gatherMs }),
      });
    this.#inserts = batcher('Enqueueing', (rows) => this.#insertAll(rows));
    this.#claims = batcher('Claiming', (jobs) => this.#claimAll(jobs));
    this.#endings = batcher('Ending', (endings) => this.#finishAll(endings));
    this.#published = batcher('Marking ends as published', (tasks) => this.#markAllPublished(tasks));
    this.#publishedSoon = batcher(
      'Marking ends as published',
      (tasks) => this.#markAllPublished(tasks),
      MARK_SOON_MS,
    );
  }

  /** 'known': the owner used the idempotency key before; 'full': too many wait; 'over': its run is. Nothing is inserted then. */
  async insert(row: NewRow): Promise<Inserted> {
    if (row.task.queue !== BULK_QUEUE) return this.#inserts.add(row);
    // A user cancels the tasks that wait by such a task, so it is taken in however many wait.
    return (await this.#insertAll([row], NO_LIMIT))[0] ?? 'full';
  }

  /**
   * Claims an attempt. 'stale': the task has ended, or another job runs it. A worker that is frozen within its commit
   * locks the row of its task: this call waits for it, and the claims of other tasks do not.
   */
  async claim(id: string, job: number): Promise<TaskRow | 'stale'> {
    const claimed = await untilUnlocked(async () => {
      const row = await this.#claims.add({ id, job });
      return row === 'locked' ? undefined : row;
    });
    return claimed ?? 'stale';
  }

  /** False: this attempt does not decide (any more) how the task ends. */
  finish(ending: Ending): Promise<boolean> {
    return this.#endings.add(ending);
  }

  /** The same within the caller's transaction; call `dispatch` once it is committed. */
  async finishWithin(client: Queryable, ending: Ending): Promise<boolean> {
    const { ended } = await this.#endAll(client, [ending]);
    return ended.includes(ending.id);
  }

  /**
   * Ends a queued task at once, or notes that a running one is to be cancelled: from then on its attempt can only end
   * so. Undefined: it has ended. If its worker commits the end at this moment, this call waits for the commit, without a
   * connection of the pool. 'locked': the commit took too long. `by` is the owner name of the caller who asks.
   */
  async cancel(id: string, by: string): Promise<TaskRow | undefined | 'locked'> {
    const outcome = await untilUnlocked(async () => {
      const { rows } = await this.#query<TaskRow>('SELECT * FROM lrt.cancel_task($1, $2)', [
        id,
        by.replaceAll('\0', '\ufffd'),
      ]);
      if (rows[0]) return rows[0];
      const { rowCount } = await this.#query(
        `SELECT FROM lrt.task WHERE id = $1 AND status IN ('queued', 'running')`,
        [id],
      );
      return rowCount === 0 ? 'ended' : undefined;
    });
    if (outcome === 'ended') return undefined;
    if (outcome?.status === 'cancelled') await this.dispatch([outcome.owner], outcome.exclusive_key);
    return outcome ?? 'locked';
  }

  /** Deletes those of these tasks that have ended and whose end is published. Resolves with their ids. */
  async clear(ids: readonly string[]): Promise<string[]> {
    const { rows } = await this.#query<{ id: string }>(
      'SELECT cleared.id FROM lrt.clear_tasks($1) AS cleared (id)',
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Writes down that the next attempt may run, `seconds` from now; call `dispatch` then. Undefined: the task is not
   * this attempt's any more, or to be cancelled.
   */
  async requeue(id: string, attempt: number, seconds: number): Promise<TaskRow | undefined> {
    const { rows } = await this.#query<TaskRow>('SELECT * FROM lrt.requeue_task($1, $2, $3, $4)', [
      id,
      attempt,
      seconds,
      JSON.stringify(NO_PROGRESS),
    ]);
    return rows[0];
  }

  /** Gives an attempt back as if it had not been taken up, for some worker to take up so many seconds from now. */
  async unclaim(id: string, attempt: number, seconds: number): Promise<void> {
    await this.#query('SELECT lrt.unclaim_task($1, $2, $3)', [id, attempt, seconds]);
    this.#onChange([id]);
  }

  /** Hands over what may run, of these owners and of those that waited for the key; owners null: of all. */
  async dispatch(owners: string[] | null, exclusiveKey: string | null = null): Promise<void> {
    await this.#waiting.dispatch(owners, exclusiveKey === null ? [] : [exclusiveKey]);
  }

  /** Says that the attempts are looked after; gives those that still are the task's, and whether they are to stop. */
  async touch(
    running: { id: string; attempt: number; progress: TaskProgress | undefined }[],
  ): Promise<{ id: string; attempt: number; cancel_requested: boolean }[]> {
    const { rows } = await this.#query<{ id: string; attempt: number; cancel_requested: boolean }>(
      'SELECT * FROM lrt.touch_tasks($1)',
      [inOrder(running.map((each) => ({ ...each, ...(each.progress && progressFields(each.progress)) })))],
    );
    return rows;
  }

  /** Notes that the log has the terminal event, and its number. */
  async markPublished(id: string, seq: number): Promise<void> {
    await this.#published.add({ id, seq });
  }

  /** The same in a moment, in a batch with others, for a caller that does not wait for it. */
  async markPublishedSoon(id: string, seq: number): Promise<void> {
    await this.#publishedSoon.add({ id, seq });
  }

  /** Each call is one statement, so it may be made again after a deadlock. */
  #query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> {
    return retryConflicts(() => this.#pool.query<Row>(text, values));
  }

  async #insertAll(rows: NewRow[], maxWaiting = MAX_WAITING): Promise<Inserted[]> {
    const given = rows.map(
      ({ task, priority, fingerprint, idempotencyKey, exclusiveKey, onlyItems, traceparent, claim }) => ({
        id: task.id,
        name: task.name,
        queue: task.queue,
        priority,
        owner: task.owner,
        params: JSON.stringify(task.params),
        tags: JSON.stringify(task.tags),
        fingerprint,
        idempotency_key: idempotencyKey === undefined ? null : JSON.stringify(idempotencyKey),
        retry_of: task.retryOf,
        exclusive_key: exclusiveKey,
        ignored_params: task.ignoredParams ? JSON.stringify(task.ignoredParams) : null,
        only_items: onlyItems ? JSON.stringify(onlyItems) : null,
        progress: JSON.stringify(task.progress),
        traceparent,
        words: searchable(task.name, ...task.tags),
        run_id: nodeOfKey(idempotencyKey)?.run,
        claim,
        design: typeof task.params.design === 'string' ? storable(task.params.design) : null,
      }),
    );
    const { rows: answers } = await this.#query<{ answer: Enqueued | null; now: Date }>(
      'SELECT lrt.enqueue_tasks($1, $2, $3) AS answer, now()',
      [JSON.stringify(given), this.#perOwner, maxWaiting],
    );
    const [{ answer, now } = { answer: null, now: new Date() }] = answers;
    if (!answer) return rows.map(() => 'full');
    if (answer.dispatched.length > 0) this.#onDispatch(answer.dispatched);
    if (answer.busy) {
      this.#waiting.dispatchSoon([...new Set(rows.map(({ task }) => task.owner))], []);
    }
    if (answer.created.length > 0) this.#onChange(answer.created);
    const created = new Set(answer.created);
    const createdAt = now.toISOString();
    const over = new Set(answer.over);
    const claimed = new Set(answer.claimed);
    return rows.map(({ task }) =>
      created.has(task.id)
        ? { createdAt, ...(claimed.has(task.id) && { claimed: true }) }
        : over.has(task.id)
          ? 'over'
          : 'known',
    );
  }

  async #claimAll(jobs: { id: string; job: number }[]): Promise<(TaskRow | 'stale' | 'locked')[]> {
    const { rows } = await this.#query<TaskRow>(
      `SELECT *, extract(epoch FROM now() - run_after)::float AS wait_seconds,
         extract(epoch FROM now() - started_at)::float AS begun_seconds FROM lrt.claim_tasks($1)`,
      [inOrder(jobs)],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const left = jobs.filter(({ id }) => !byId.has(id));
    const locked = new Set(left.length > 0 ? await this.#claimable(left) : []);
    return jobs.map(({ id }) => byId.get(id) ?? (locked.has(id) ? 'locked' : 'stale'));
  }

  /** Ids of the tasks that these jobs may claim, as the last commit left them. */
  async #claimable(jobs: { id: string; job: number }[]): Promise<string[]> {
    const { rows } = await this.#query<{ id: string; job: number }>(
      `SELECT id, job FROM lrt.task WHERE id = ANY ($1) AND dispatched AND status IN ('queued', 'running')`,
      [jobs.map(({ id }) => id)],
    );
    const newest = new Map(rows.map(({ id, job }) => [id, job]));
    return jobs.flatMap(({ id, job }) => (newest.get(id) === job ? [id] : []));
  }

  async #finishAll(endings: Ending[]): Promise<boolean[]> {
    const { ended, owners, keys } = await retryConflicts(() => this.#endAll(this.#pool, endings));
    // After the commit, so that no transaction holds both a task's row and the dispatcher's lock. Nobody waits for it,
    // and the sweeper dispatches what could not be dispatched here.
    this.#afterwards(
      'Tasks that waited for others could not be dispatched yet',
      this.#waiting.dispatch(owners, keys),
    );
    const all = new Set(ended);
    return endings.map(({ id }) => all.has(id));
  }

  async #endAll(
    client: Queryable,
    endings: Ending[],
  ): Promise<{ ended: string[]; owners: string[]; keys: string[] }> {
    const given = endings.map(({ id, attempt, status, progress, items, built, result, error }) => ({
      id,
      attempt,
      status,
      ...progressFields(progress),
      items: items ? JSON.stringify(items) : null,
      built: built ? JSON.stringify(built) : null,
      box: built?.bbox ? boxText(built.bbox) : null,
      result: status === 'succeeded' ? JSON.stringify(result ?? null) : null,
      error: error ? JSON.stringify(error) : null,
    }));
    const { rows } = await client.query<{ answer: { ended: string[]; owners: string[]; keys: string[] } }>(
      'SELECT lrt.end_tasks($1) AS answer',
      [inOrder(given)],
    );
    return rows[0]?.answer ?? { ended: [], owners: [], keys: [] };
  }

  async #markAllPublished(tasks: { id: string; seq: number }[]): Promise<true[]> {
    await this.#query('SELECT lrt.mark_published($1)', [inOrder(tasks)]);
    return tasks.map(() => true);
  }
}

function progressFields(progress: TaskProgress): { progress: string; message: string } {
  return { progress: JSON.stringify(progress), message: searchable(progress.message) };
}
