import type pg from 'pg';
import { isVisible } from '../../../backend/tasks/access.ts';
import { withWaiting } from '../../../backend/tasks/callOfRetry.ts';
import { type DurationRange, rangeOf, startsAfter, startsIn } from '../../../backend/tasks/startsIn.ts';
import type { Caller } from '../../../backend/tasks/TaskEngine.ts';
import type { TaskSnapshot, TaskWaiting } from '../../../src/contract/index.ts';
import { shareResult } from '../common/shareResult.ts';
import type { TaskServices } from './TaskServices.ts';

/** The history is read at most this often, and so many of the newest tasks that ended are read. */
const HISTORY_MS = 2_000;
const HISTORY_TASKS = 1_000;
const MOST_IDS = 200;

/** A row of lrt.waiting_tasks, with the task that holds it up. */
interface WaitRow {
  id: string;
  queue: string;
  reason: 'later' | 'limit' | 'exclusive' | 'worker';
  place: number | null;
  run_after: Date;
  running: number;
  held_by: string | null;
  holder_name: string | null;
  holder_owner: string | null;
  /** Null: it waits itself. */
  holder_seconds: number | null;
}

/** Says to callers of a server why queued tasks wait, from the rows of all of them and the signs of life of workers. */
export class TaskWaits {
  readonly #services: TaskServices;
  readonly #pool: pg.Pool;
  readonly #history: () => Promise<Map<string, DurationRange>>;

  constructor(services: TaskServices, pool: pg.Pool) {
    this.#services = services;
    this.#pool = pool;
    this.#history = shareResult(() => this.#readHistory(), HISTORY_MS);
  }

  /** The tasks, each with why it waits, if it does. */
  async addTo(tasks: TaskSnapshot[], caller: Caller): Promise<TaskSnapshot[]> {
    const queued = tasks.flatMap(({ id, status }) => (status === 'queued' ? [id] : []));
    if (queued.length === 0) return tasks;
    const waits = await this.of(queued, caller);
    return tasks.map((task) => (task.status === 'queued' ? withWaiting(task, waits) : task));
  }

  /** Why these tasks wait, by id. Those that do not are not among them. The caller may see all of them. */
  async of(ids: readonly string[], caller: Caller): Promise<Map<string, TaskWaiting>> {
    const [{ rows }, history] = await Promise.all([
      this.#pool.query<WaitRow>(
        `SELECT wait.*, holder.name AS holder_name, holder.owner AS holder_owner,
           CASE WHEN holder.status = 'running' THEN extract(epoch FROM now() - holder.started_at)::float END AS holder_seconds
         FROM lrt.waiting_tasks($1, $2) AS wait LEFT JOIN lrt.task AS holder ON holder.id = wait.held_by`,
        [ids.slice(0, MOST_IDS), this.#services.tasksPerOwner],
      ),
      this.#history(),
    ]);
    const deserted = await this.#deserted(rows);
    const limit = this.#services.tasksPerOwner;
    return new Map(
      rows.map((row) => {
        const waiting = waitingOf(row, caller, { history, isDeserted: deserted.has(row.queue) });
        return [row.id, row.reason === 'limit' ? { ...waiting, running: row.running, limit } : waiting];
      }),
    );
  }

  /** Queues for which nobody runs a worker. A worker of an earlier version gives no sign of life, but runs tasks. */
  async #deserted(rows: readonly WaitRow[]): Promise<Set<string>> {
    const { redis, keys, observer } = this.#services;
    const idle = rows.filter(({ reason, running }) => reason === 'worker' && running === 0);
    const queues = [...new Set(idle.map(({ queue }) => queue))];
    try {
      const alive = await Promise.all(queues.map((queue) => redis.exists(keys.alive(queue))));
      return new Set(queues.filter((_, i) => alive[i] === 0));
    } catch (error) {
      observer.problem?.('Whether there are workers for queued tasks is not known', error);
      return new Set();
    }
  }

  async #readHistory(): Promise<Map<string, DurationRange>> {
    const { rows } = await this.#pool.query<{ queue: string; seconds: number[] }>(
      `SELECT queue, array_agg(extract(epoch FROM finished_at - started_at)::float ORDER BY finished_at DESC) AS seconds
       FROM (
         SELECT queue, status, started_at, finished_at FROM lrt.task WHERE finished_at IS NOT NULL
         ORDER BY finished_at DESC LIMIT $1
       ) AS newest WHERE status = 'succeeded' AND started_at IS NOT NULL GROUP BY queue`,
      [HISTORY_TASKS],
    );
    return new Map(
      rows.flatMap(({ queue, seconds }) => {
        const range = rangeOf(seconds);
        return range ? [[queue, range] as const] : [];
      }),
    );
  }
}

function waitingOf(
  row: WaitRow,
  caller: Caller,
  { history, isDeserted }: { history: Map<string, DurationRange>; isDeserted: boolean },
): TaskWaiting {
  const { queue, reason, running } = row;
  const place = row.place === null ? {} : { place: row.place };
  if (reason === 'later') return { reason, queue, notBefore: row.run_after.toISOString() };
  if (reason === 'worker' && isDeserted) return { reason: 'no-worker', queue, ...place };
  const range = history.get(queue);
  const after = { place: row.place ?? 0, elapsedSeconds: row.holder_seconds ?? undefined, range };
  const startsInSeconds =
    row.place === null
      ? undefined
      : reason === 'exclusive'
        ? startsAfter(after)
        : startsIn({ place: row.place, slots: running, range });
  return {
    reason,
    queue,
    ...place,
    ...(row.held_by !== null &&
      row.holder_name !== null &&
      isVisible({ owner: row.holder_owner ?? '' }, caller) && {
        heldBy: { id: row.held_by, name: row.holder_name },
      }),
    ...(startsInSeconds && { startsInSeconds }),
  };
}
