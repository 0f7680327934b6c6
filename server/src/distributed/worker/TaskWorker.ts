import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { pause } from '../../../../backend/common/pause.ts';
import type { NetworkWork } from '../../../../backend/network/NetworkStore.ts';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import { definitionsByName } from '../../../../backend/tasks/definitionsByName.ts';
import { runOf } from '../../../../backend/tasks/TaskObserver.ts';
import { refusals } from '../../../../backend/tasks/taskErrors.ts';
import { WORKFLOW_QUEUE } from '../../../../backend/workflows/workflowParams.ts';
import { NODE_TAG, type TaskError } from '../../../../src/contract/index.ts';
import { recordWait, traced } from '../../observe/tracing.ts';
import type { PostgisStore } from '../../postgis/PostgisStore.ts';
import { type JobData, type JobOfTask, queueName, tasksOf } from '../Dispatcher.ts';
import { snapshotOf, type TaskRow } from '../rows/taskRow.ts';
import { NodeAdvance } from '../runs/NodeAdvance.ts';
import { Sweeper } from '../Sweeper.ts';
import { TaskServices, type TaskServicesOptions } from '../TaskServices.ts';
import { Attempt, type RunningAttempt } from './Attempt.ts';
import { AttemptLogWriter } from './AttemptLogWriter.ts';
import { endAttempt } from './endAttempt.ts';
import { QueueSlots } from './QueueSlots.ts';
import { SignOfLife } from './SignOfLife.ts';
import { ThreadedAttempt } from './ThreadedAttempt.ts';

/**
 * BullMQ reports so that it gave a job to another worker, because this one had stood still. The row has counted that, and the
 * other worker has reported the new attempt.
 */
const TAKEN_OVER = /^(Missing (key|lock) for job|Lock mismatch for job|Job \S+ is not in the) /;
/** A task that took so many workers down with it has failed. */
const MAX_LOSSES = 3;
/** A run of a workflow may take days, and does nothing by which a server could die. */
const MAX_LOSSES_OF_RUN = 1_000;
/** A task that this worker does not know is put back, for one that does; after so long it has failed. */
const UNKNOWN_BACK_SECONDS = 2;
const UNKNOWN_LIMIT_SECONDS = 120;

export interface TaskWorkerOptions extends TaskServicesOptions {
  /** postgres://: for what runs in a thread of its own. */
  databaseUrl: string;
  store: PostgisStore;
  definitions: readonly TaskDefinition[];
  /** Modules with definitions beyond those that ship, for threads to load. */
  taskFiles?: readonly string[] | undefined;
  /** The number of tasks of each queue that run here at the same time. */
  queues: Record<string, { concurrency: number }>;
}

/** Runs tasks. Any number of these, on any machines. */
export class TaskWorker {
  readonly #options: TaskWorkerOptions;
  readonly #definitions: Map<string, TaskDefinition>;
  readonly #services: TaskServices;
  readonly #connection: Redis;
  readonly #listener: Redis;
  readonly #workers: Worker<JobData>[];
  readonly #sweeper: Sweeper;
  readonly #signOfLife: SignOfLife;
  readonly #advance: NodeAdvance<NetworkWork>;
  readonly #running = new Map<string, RunningAttempt>();
  /** Attempts that have begun before BullMQ asks for them. */
  readonly #ahead = new Map<Job<JobData>, Promise<void>>();
  /** The places of each queue. */
  readonly #slots = new Map<string, QueueSlots>();
  /** Tasks that did not come from a queue. */
  readonly #direct = new Set<Promise<void>>();
  /** Aborts when the worker is to let go of everything, even of waiting for services that are away. */
  readonly #gone = new AbortController();
  readonly #touching: Promise<void>;
  #closed: Promise<void> | undefined;
  #releasing = false;

  private constructor(options: TaskWorkerOptions) {
    this.#options = options;
    this.#definitions = definitionsByName(options.definitions);
    this.#services = new TaskServices(options);
    const { keys, observer, pace } = this.#services;
    this.#connection = this.#services.connect({ patient: true });
    this.#listener = this.#services.connect({ patient: true });
    this.#listener.on('message', (_, id: string) => this.#running.get(id)?.cancel());
    this.#workers = Object.entries(options.queues).map(([name, { concurrency }]) => {
      const worker: Worker<JobData> = new Worker<JobData>(queueName(name), (job) => this.#begun(job, slots), {
        connection: this.#connection,
        prefix: keys.queuePrefix,
        concurrency,
        lockDuration: pace.lockMs,
        stalledInterval: pace.stalledCheckMs,
        // The rows count the losses, so this limit is high: a job that BullMQ gave up would be dispatched again.
        maxStalledCount: 100,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
        autorun: false,
      });
      const slots = new QueueSlots(worker, concurrency);
      this.#slots.set(name, slots);
      worker.on('active', (job) => this.#begin(job, slots));
      worker.on('error', (error) => {
        if (!TAKEN_OVER.test(error.message)) observer.problem?.(`Worker of queue "${name}"`, error);
      });
      return worker;
    });
    this.#advance = new NodeAdvance({
      services: this.#services,
      store: options.store,
      definitions: this.#definitions,
      room: {
        reserve: (queue) => !this.#closed && this.#slots.get(queue)?.reserve() === true,
        release: (queue) => this.#slots.get(queue)?.taskEnded(),
        run: (row) => this.#runAhead(row),
      },
    });
    this.#sweeper = new Sweeper(this.#services, options.pool);
    this.#signOfLife = new SignOfLife(this.#services, Object.keys(options.queues));
    this.#touching = this.#touchOn();
  }

  /** Resolves once it takes tasks. */
  static async start(options: TaskWorkerOptions): Promise<TaskWorker> {
    const worker = new TaskWorker(options);
    const { keys, observer } = worker.#services;
    await worker.#listener.subscribe(keys.cancelChannel);
    // A cancellation that was published while the connection was lost is found in the rows.
    worker.#listener.on('ready', () => worker.#touchAll());
    for (const each of worker.#workers) {
      each.run().catch((error) => observer.problem?.(`Worker of queue "${each.name}" stopped`, error));
    }
    await Promise.all(worker.#workers.map((each) => each.waitUntilReady()));
    await worker.#signOfLife.start();
    return worker;
  }

  /** The number of tasks that run here. */
  get running(): number {
    return this.#running.size;
  }

  /**
   * Takes no more tasks and lets those that run finish, for so long; then they are released, for another worker to run
   * again. Called again with a shorter time, that one counts.
   */
  close({ drainSeconds = 0 }: { drainSeconds?: number } = {}): Promise<void> {
    const over = pause(drainSeconds * 1_000, this.#gone.signal).then(() => this.#releaseAll());
    over.catch(() => {});
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** Runs a task by a job that is in no queue. It never rejects: what goes wrong is reported, as with any task. */
  async runTask(task: JobOfTask): Promise<void> {
    const running = this.#take(task);
    this.#direct.add(running);
    await running;
    this.#direct.delete(running);
  }

  async #close(): Promise<void> {
    this.#signOfLife.close();
    // BullMQ waits for what it handed out.
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.allSettled([...this.#ahead.values(), ...this.#direct]);
    await this.#services.settle();
    this.#gone.abort();
    await this.#touching;
    await this.#sweeper.close();
    this.#listener.disconnect();
    this.#connection.disconnect();
    await this.#services.close();
  }

  #releaseAll(): void {
    this.#releasing = true;
    for (const attempt of this.#running.values()) attempt.release();
  }

  /** BullMQ runs a job only once it knows whether there is another one; it says at once that it has it. */
  #begin(job: Job<JobData>, slots: QueueSlots): void {
    this.#ahead.set(job, this.#takeAll(tasksOf(job.data), slots));
  }

  #begun(job: Job<JobData>, slots: QueueSlots): Promise<void> {
    const taken = this.#ahead.get(job) ?? this.#takeAll(tasksOf(job.data), slots);
    this.#ahead.delete(job);
    return taken;
  }

  /** Runs the tasks of a job, as many as may run here now. The others get new jobs at once, for any worker. */
  async #takeAll(tasks: JobOfTask[], slots: QueueSlots): Promise<void> {
    const taken = slots.take(tasks.length);
    const running = tasks.slice(0, taken).map((task) => this.#take(task).finally(() => slots.taskEnded()));
    if (taken < tasks.length) running.push(this.#giveBack(tasks.slice(taken)));
    await Promise.all(running);
    slots.jobEnded();
  }

  async #giveBack(tasks: JobOfTask[]): Promise<void> {
    try {
      await this.#services.overdue.dispatchAgain(tasks);
    } catch (error) {
      const message = `${tasks.length} tasks could not be left to other workers yet`;
      this.#services.observer.problem?.(message, error);
    }
  }

  /**
   * Takes a task that BullMQ hands over. When this resolves, the row has the outcome, or the sweeper queues another job
   * for it: BullMQ keeps failed jobs to itself, so the failure is reported here.
   */
  async #take(task: JobOfTask): Promise<void> {
    try {
      await this.#claimAndRun(task);
    } catch (error) {
      const message = `Task ${task.id} could not be run here; it is queued again`;
      this.#services.observer.problem?.(message, error);
    }
  }

  async #claimAndRun({ id, job }: JobOfTask): Promise<void> {
    const row = await this.#services.rows.claim(id, job);
    // Cancelled meanwhile, or handed out a second time.
    if (row !== 'stale') await this.#runClaimed(row);
  }

  /** Runs a node that this worker has started itself, in a place that is taken for it. */
  #runAhead(row: TaskRow): void {
    const { rows, observer } = this.#services;
    const work = async () => {
      if (!this.#closed) return this.#runClaimed(row);
      await rows.unclaim(row.id, row.attempt, 0);
      await rows.dispatch([row.owner], row.exclusive_key);
    };
    const running = work()
      .catch((error) => observer.problem?.(`Task ${row.id} could not be run here; it is queued again`, error))
      .finally(() => {
        this.#direct.delete(running);
        this.#slots.get(row.queue)?.taskEnded();
      });
    this.#direct.add(running);
  }

  async #runClaimed(row: TaskRow): Promise<void> {
    const { observer } = this.#services;
    const definition = this.#definitions.get(row.name);
    if (!definition) return this.#putBack(row);
    const { name } = row;
    const began = performance.now();
    const attributes = { 'lrt.task.id': row.id, 'lrt.task.name': name, 'lrt.task.attempt': row.attempt };
    recordWait('queue wait', attributes, row.wait_seconds ?? 0, row.traceparent ?? undefined);
    // The observer is called within the span, so that a line of the log has the id of its trace.
    const work = async () => {
      const run = runOf(row);
      if (row.losses > 0) observer.restarted?.({ ...run, reason: 'worker-lost' });
      observer.started?.({ ...run, waitSeconds: Math.max(0, row.wait_seconds ?? 0) });
      const ended = await this.#run(row, definition);
      if (ended) observer.ended?.({ ...run, ...ended, runSeconds: (performance.now() - began) / 1_000 });
    };
    await traced(`run ${name}`, attributes, work, row.traceparent ?? undefined);
  }

  /** Starts what waits for a node of a workflow. The run's own task makes up for what goes wrong. Undefined: it is no node. */
  #advanceOf({ id, run_id: run, tags }: TaskRow): (() => Promise<void>) | undefined {
    const node = tags.find((tag) => tag.startsWith(NODE_TAG))?.slice(NODE_TAG.length);
    if (run === null || node === undefined) return undefined;
    const { observer } = this.#services;
    return () =>
      this.#advance
        .after({ run, node })
        .catch((error) => observer.problem?.(`What comes after task ${id} could not be started yet`, error));
  }

  async #run(row: TaskRow, definition: TaskDefinition) {
    if (row.cancel_requested) return this.#endAttempt(row, definition, { type: 'cancelled' });
    if (row.losses > (row.queue === WORKFLOW_QUEUE ? MAX_LOSSES_OF_RUN : MAX_LOSSES)) {
      const error = workerLost(row);
      return this.#endAttempt(row, undefined, { type: 'failed', error });
    }
    const { store, databaseUrl, taskFiles = [], redisUrl, prefix, tasksPerOwner } = this.#options;
    const [services, signal] = [this.#services, this.#gone.signal];
    const advance = this.#advanceOf(row);
    const attempt = definition.cpuBound
      ? new ThreadedAttempt({
          row,
          definition,
          services,
          signal,
          thread: { databaseUrl, taskFiles, redisUrl, prefix, tasksPerOwner },
        })
      : new Attempt({ row, definition, services, store, signal, onCommit: advance });
    // One that lost the row and does not know it yet must not go on beside this one.
    this.#running.get(row.id)?.drop();
    this.#running.set(row.id, attempt);
    try {
      const running = attempt.run();
      if (this.#releasing) attempt.release();
      const ended = await running;
      // A thread does not do it.
      if (definition.cpuBound && ended?.status === 'succeeded') advance?.();
      return ended;
    } finally {
      if (this.#running.get(row.id) === attempt) this.#running.delete(row.id);
    }
  }

  #endAttempt(
    row: TaskRow,
    definition: TaskDefinition | undefined,
    verdict: Parameters<typeof endAttempt>[0],
  ) {
    const [services, signal] = [this.#services, this.#gone.signal];
    const log = new AttemptLogWriter(services.logs, snapshotOf(row), {
      counted: false,
      onProblem: services.observer.problem,
    });
    return endAttempt(verdict, { row, definition, progress: row.progress, log, services, signal });
  }

  /** For a worker that has the definition: this one was started without it. */
  async #putBack(row: TaskRow): Promise<void> {
    const { rows, observer } = this.#services;
    if (row.cancel_requested) {
      await this.#endAttempt(row, undefined, { type: 'cancelled' });
    } else if ((row.begun_seconds ?? 0) > UNKNOWN_LIMIT_SECONDS) {
      const { error } = refusals.unknownTask(row.name, [...this.#definitions.keys()]);
      await this.#endAttempt(row, undefined, { type: 'failed', error });
    } else {
      await rows.unclaim(row.id, row.attempt, UNKNOWN_BACK_SECONDS);
      const message = `This worker was started without the task "${row.name}" of queue "${row.queue}"; it is left to another one`;
      observer.problem?.(message, undefined);
    }
  }

  /** Cancellations that did not come through, and attempts that are another worker's by now, are found in the rows. */
  async #touchOn(): Promise<void> {
    const { signal } = this.#gone;
    const { touchMs } = this.#services.pace;
    for (await pause(touchMs, signal); !signal.aborted; await pause(touchMs, signal)) await this.#touchAll();
  }

  async #touchAll(): Promise<void> {
    const running = [...this.#running.values()];
    if (running.length === 0) return;
    try {
      await this.#touch(running);
    } catch (error) {
      this.#services.observer.problem?.('The rows of running tasks could not be looked at', error);
    }
  }

  async #touch(running: RunningAttempt[]): Promise<void> {
    const rows = await this.#services.rows.touch(
      running.map(({ row: { id, attempt }, progress }) => ({ id, attempt, progress })),
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const attempt of running) {
      const row = found.get(attempt.row.id);
      if (!row) attempt.drop();
      else if (row.cancel_requested) attempt.cancel();
    }
  }
}

function workerLost({ name, losses }: TaskRow): TaskError {
  return {
    code: 'worker-lost',
    message: `"${name}" was begun ${losses} times and each time its worker was lost; nothing of it was stored`,
    details: { losses },
  };
}
