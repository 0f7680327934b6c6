import type { Redis } from 'ioredis';
import type pg from 'pg';
import { pause } from '../../../backend/common/pause.ts';
import type { TaskObserver } from '../../../backend/tasks/TaskObserver.ts';
import { RedisChanges } from './changes/RedisChanges.ts';
import { Dispatcher } from './Dispatcher.ts';
import { openRedis } from './logs/openRedis.ts';
import { RedisLogs } from './logs/RedisLogs.ts';
import { type TaskKeys, taskKeys } from './logs/taskKeys.ts';
import { type Pace, paceOf } from './paceOf.ts';
import { DesignRows } from './rows/DesignRows.ts';
import { ItemRows } from './rows/ItemRows.ts';
import { LineRows } from './rows/LineRows.ts';
import { OverdueRows, type Retention } from './rows/OverdueRows.ts';
import { RunRows } from './rows/RunRows.ts';
import { TaskLookup } from './rows/TaskLookup.ts';
import { TaskRows } from './rows/TaskRows.ts';
import type { Dispatched } from './rows/taskRow.ts';

const SETTLE_MS = 5_000;

export interface TaskServicesOptions {
  /** redis:// or rediss:// */
  redisUrl: string;
  pool: pg.Pool;
  /** All keys in Redis begin with it. Default 'lrt'. Servers and workers that belong together have the same. */
  prefix?: string | undefined;
  /**
   * The number of tasks of one owner that may be in the queues or run at the same time. The others wait. Default 10.
   */
  tasksPerOwner?: number | undefined;
  /**
   * A worker that is silent for so long is taken for lost, and its tasks are begun again. Default 6. Servers and
   * workers that belong together have the same.
   */
  lostAfterSeconds?: number | undefined;
  /** Says which tasks that ended are kept. Default: for 30 days, failed ones as well, and the newest 10,000. */
  retention?: Partial<Retention> | undefined;
  observer?: TaskObserver | undefined;
}

/** The services that servers and workers share: the rows, the logs, and the dispatch into the queues. */
export class TaskServices {
  readonly keys: TaskKeys;
  readonly redis: Redis;
  readonly lookup: TaskLookup;
  readonly rows: TaskRows;
  readonly overdue: OverdueRows;
  readonly designs: DesignRows;
  readonly items: ItemRows;
  readonly lines: LineRows;
  readonly runs: RunRows;
  readonly logs: RedisLogs;
  readonly changes: RedisChanges;
  readonly dispatcher: Dispatcher;
  readonly observer: TaskObserver;
  readonly pace: Pace;
  readonly retention: Retention;
  readonly tasksPerOwner: number;
  readonly #redisUrl: string;
  readonly #tails = new Set<Promise<void>>();

  constructor({
    redisUrl,
    pool,
    prefix = 'lrt',
    tasksPerOwner = 10,
    lostAfterSeconds,
    retention = {},
    observer = {},
  }: TaskServicesOptions) {
    this.keys = taskKeys(prefix);
    this.observer = observer;
    this.pace = paceOf(lostAfterSeconds);
    const { days = 30, failedDays = days, tasks = 10_000 } = retention;
    this.retention = { days, failedDays, tasks };
    this.tasksPerOwner = tasksPerOwner;
    this.#redisUrl = redisUrl;
    this.redis = this.connect();
    this.logs = new RedisLogs(this.redis, this.keys);
    this.changes = new RedisChanges(this.redis, this.keys);
    this.dispatcher = new Dispatcher({ redis: this.redis, keys: this.keys, observer });
    this.lookup = new TaskLookup(pool);
    this.designs = new DesignRows(pool);
    this.items = new ItemRows(pool);
    this.lines = new LineRows(pool);
    this.runs = new RunRows(pool);
    const onDispatch = (tasks: Dispatched[]) => {
      // It never rejects. It reports what goes wrong, and the sweeper repairs it.
      this.dispatcher.add(tasks);
    };
    this.rows = new TaskRows({
      pool,
      tasksPerOwner,
      onProblem: (message, error) => observer.problem?.(message, error),
      afterwards: (what, work) => this.afterwards(what, work),
      onDispatch,
      onChange: (ids) => this.announce(ids),
    });
    this.overdue = new OverdueRows({ pool, onDispatch });
  }

  /** A connection of its own; whoever asks for it closes it. */
  connect(options: { patient?: boolean } = {}): Redis {
    const onError = (error: unknown) => this.observer.problem?.('Redis', error);
    return openRedis(this.#redisUrl, { ...options, onError });
  }

  /** Says to watchers that these tasks changed. Where it gets lost, ChangeAudit finds it. */
  announce(ids: readonly string[]): void {
    this.afterwards('Watchers do not hear at once of tasks that changed', this.changes.announce(ids));
  }

  /**
   * Keeps work that no caller awaits, but `settle` does. An error in it is reported, and the sweeper makes up for it.
   */
  afterwards(what: string, work: Promise<unknown>): void {
    const tail = work
      .catch((error) => this.observer.problem?.(what, error))
      .then(() => {
        this.#tails.delete(tail);
      });
    this.#tails.add(tail);
  }

  /**
   * Resolves when the work of `afterwards` is done, or after a while. If Redis is away, another process publishes the
   * events.
   */
  async settle(): Promise<void> {
    const settled = new AbortController();
    const done = Promise.all(this.#tails).then(() => settled.abort());
    await pause(SETTLE_MS, settled.signal);
    if (settled.signal.aborted) await done;
  }

  async close(): Promise<void> {
    await Promise.all(this.#tails);
    await this.dispatcher.close();
    this.redis.disconnect();
  }
}
