import type { NetworkWork } from '../../../../backend/network/NetworkStore.ts';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import { logWithItems } from '../../../../backend/tasks/itemPages.ts';
import { TaskRun } from '../../../../backend/tasks/TaskRun.ts';
import { fillBar, finalProgress } from '../../../../backend/tasks/taskEnd.ts';
import { refusals } from '../../../../backend/tasks/taskErrors.ts';
import { validateParams } from '../../../../backend/tasks/validateParams.ts';
import { WORKFLOW_QUEUE } from '../../../../backend/workflows/workflowParams.ts';
import type { TaskError, TaskProgress } from '../../../../src/contract/index.ts';
import { isTemporary } from '../../common/errorKind.ts';
import { traced } from '../../observe/tracing.ts';
import type { PostgisStore } from '../../postgis/PostgisStore.ts';
import type { PostgisTransaction } from '../../postgis/PostgisTransaction.ts';
import type { Ending } from '../rows/TaskRows.ts';
import { snapshotOf, type TaskRow } from '../rows/taskRow.ts';
import type { TaskServices } from '../TaskServices.ts';
import { AttemptLogWriter } from './AttemptLogWriter.ts';
import { type Ended, endAttempt } from './endAttempt.ts';
import { ItemWriter } from './ItemWriter.ts';
import { LineWriter } from './LineWriter.ts';

/** An attempt that broke off because of the database is not the task's fault; so many of them may be. */
const MAX_INTERRUPTED = 10;

/** The row did not let the attempt end the task: another one runs it, or it is to be cancelled. */
class Fenced extends Error {}

/** An attempt as its worker sees it. It runs in the worker's own thread or in another one. */
export interface RunningAttempt {
  readonly row: TaskRow;
  /** Undefined: not known here. */
  readonly progress: TaskProgress | undefined;
  /**
   * Resolves with how the task ended; undefined: not, or not by this attempt. Rejects only where nothing could be said.
   */
  run(): Promise<Ended | undefined>;
  cancel(): void;
  /** Stops it; the task is queued again. */
  release(): void;
  /** Stops it for good: the task is another attempt's. */
  drop(): void;
}

/** One attempt at a task, from the row that was claimed to the row that says how it ended. */
export class Attempt implements RunningAttempt {
  readonly row: TaskRow;
  readonly #definition: TaskDefinition;
  readonly #services: TaskServices;
  readonly #store: PostgisStore;
  readonly #log: AttemptLogWriter;
  readonly #items: ItemWriter;
  readonly #lines: LineWriter;
  readonly #signal: AbortSignal;
  readonly #computes: boolean;
  readonly #onCommit: (() => Promise<void>) | undefined;
  #run: TaskRun<NetworkWork> | undefined;
  #transaction: PostgisTransaction | undefined;
  /** Applies a stop that was asked for before the run began. */
  #stopFirst: (() => void) | undefined;

  /** `signal` ends the wait for services that are away. */
  constructor(options: {
    row: TaskRow;
    definition: TaskDefinition;
    services: TaskServices;
    store: PostgisStore;
    signal: AbortSignal;
    /** True: the task computes without pause, and what it says goes out while it waits for its progress. */
    computes?: boolean;
    /** Called when the task has succeeded, before anybody hears of it. It never rejects. */
    onCommit?: (() => Promise<void>) | undefined;
  }) {
    this.row = options.row;
    this.#computes = options.computes ?? false;
    this.#onCommit = options.onCommit;
    this.#definition = options.definition;
    this.#services = options.services;
    this.#store = options.store;
    this.#signal = options.signal;
    this.#items = new ItemWriter(options.services.items, options.row, options.signal);
    this.#lines = new LineWriter(options.services.lines, options.row.id, options.signal);
    this.#log = new AttemptLogWriter(options.services.logs, snapshotOf(options.row), {
      onFenced: () => this.drop(),
      onLine: (line) => this.#lines.add(line),
      onProblem: options.services.observer.problem,
    });
  }

  get progress(): TaskProgress {
    return this.#log.task.progress;
  }

  cancel(): void {
    this.#stop('cancelled', { code: 'cancelled', message: 'The task was cancelled' });
  }

  release(): void {
    this.#stop('released', refusals.closed().error);
  }

  drop(): void {
    this.release();
  }

  async run(): Promise<Ended | undefined> {
    const { status, startedAt } = snapshotOf(this.row);
    const change = { status, ...(startedAt !== undefined && { startedAt }) };
    this.#log.append({ type: 'snapshot', change, features: [] });
    const giveUp = () => this.#log.close();
    this.#signal.addEventListener('abort', giveUp);
    const done = () => this.#signal.removeEventListener('abort', giveUp);
    try {
      if (this.#computes) await this.#log.sent();
      const verdict = await this.#execute();
      if (verdict.type === 'succeeded') {
        // The worker may begin the next task. This one is committed. Only its terminal event is still unpublished.
        const published = this.#publishSuccess(verdict.result).finally(done);
        this.#services.afterwards(`The end of task ${this.row.id} could not be published yet`, published);
        return { status: 'succeeded' };
      }
      await this.#writeLines();
      // Whoever reads the items of a task that stores nothing can do without the last ones.
      await this.#items.flush().catch((error) => {
        this.#services.observer.problem?.(`Items of task ${this.row.id} could not be written`, error);
      });
      const { row, progress } = this;
      const [definition, services, log, signal] = [this.#definition, this.#services, this.#log, this.#signal];
      const ended = await endAttempt(verdict, { row, definition, progress, log, services, signal }).finally(
        done,
      );
      await this.#writeLines();
      return ended;
    } catch (error) {
      done();
      throw error;
    }
  }

  /** A run of a workflow outlives any number of restarts of its server. */
  get #mostInterrupted(): number {
    return this.row.queue === WORKFLOW_QUEUE ? Number.POSITIVE_INFINITY : MAX_INTERRUPTED;
  }

  #stop(type: 'cancelled' | 'released', reason: TaskError): void {
    if (!this.#run) this.#stopFirst = () => this.#stop(type, reason);
    else if (this.#run.decide({ type })) this.#run.stop(reason);
  }

  async #execute() {
    const definition = this.#definition;
    const params = await validateParams(definition, this.row.params);
    this.#run = new TaskRun({
      definition,
      params,
      log: logWithItems(this.#log, (items) => this.#items.add(items)),
      items: this.row.only_items ?? undefined,
      store: {
        begin: (run) => {
          this.#transaction = this.#store.begin(run);
          return this.#transaction;
        },
      },
      timeoutSeconds: definition.timeoutSeconds,
      onProgress: async () => {
        await this.#items.room();
        await this.#lines.room();
        await (this.#computes ? this.#log.sent() : this.#log.room());
      },
      commit: (_, result) => traced('commit', {}, () => this.#commit(result)),
      isInterruption: (thrown) =>
        thrown instanceof Fenced || (isTemporary(thrown) && this.row.attempt < this.#mostInterrupted),
    });
    this.#stopFirst?.();
    return this.#run.run();
  }

  /** The task's writes and its end are one transaction: both are stored, or neither. */
  async #commit(result: unknown): Promise<void> {
    const { rows } = this.#services;
    const { id, attempt, owner, exclusive_key } = this.row;
    const progress = finalProgress('succeeded', this.progress);
    const { items, built } = this.#log.task;
    // A retry of the failed ones reads them. So they are there before the task has ended.
    await this.#items.flush();
    const ending: Ending = { id, attempt, status: 'succeeded', progress, items, built, result };
    if (!this.#transaction?.hasWrites) {
      if (!(await rows.finish(ending))) throw new Fenced();
      return;
    }
    await this.#transaction.commit(async (client) => {
      if (!(await rows.finishWithin(client, ending))) throw new Fenced();
    });
    const dispatched = rows.dispatch([owner], exclusive_key);
    this.#services.afterwards(`What task ${id} held back could not be dispatched yet`, dispatched);
  }

  /** Whoever hears of the end of a task finds all lines of its log. */
  async #writeLines(): Promise<void> {
    await this.#lines.flush().catch((error) => {
      this.#services.observer.problem?.(
        `Lines of the log of task ${this.row.id} could not be written`,
        error,
      );
    });
  }

  async #publishSuccess(result: unknown): Promise<void> {
    await this.#onCommit?.();
    await this.#writeLines();
    fillBar(this.#log);
    this.#log.append({ type: 'succeeded', result });
    const seq = await this.#log.flush();
    // Else the sweeper does.
    if (seq !== undefined) await this.#services.rows.markPublishedSoon(this.row.id, seq);
  }
}
