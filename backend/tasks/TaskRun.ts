import type { TaskError, TaskProgress } from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import type { Store, StoreTransaction } from '../common/Store.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { yieldToEventLoop } from '../common/yieldToEventLoop.ts';
import { type CheckedUpdate, checkLog, checkProgress } from './checkSaid.ts';
import type { ProgressUpdate, TaskControls, TaskDefinition } from './defineTask.ts';
import { ItemWork } from './ItemWork.ts';
import type { TerminalEvent } from './LoggedEvent.ts';
import { ProgressFlow } from './ProgressFlow.ts';
import type { RunLog } from './RunLog.ts';
import { toTaskError } from './taskErrors.ts';

/** The time that a task has to clean up once it was asked to stop. Then the run ends without it. */
const GRACE_MS = 1_000;
/** A run yields to the event loop this often, or after so many calls if the clock does not move (fake timers). */
const BUSY_MS = 10;
const BUSY_CALLS = 100;
const PROGRESS_INTERVAL_MS = 50;
const LOG_LIMIT = 2_000;
/** The largest result, in characters of JSON: it travels in one event, and in each answer about its task. */
const MAX_RESULT_CHARS = 8 * 2 ** 20;
/** One for all: with a stack of its own it would cost a short task more than its work. */
const ENDED = new TaskRefusal({ code: 'already-finished', message: 'The task has ended' });

/** The result of a run. `released`: the engine closed, and the task is neither done nor failed. */
export type Verdict = TerminalEvent | { type: 'released' };

export interface ProgressInfo {
  taskId: string;
  name: string;
  progress: TaskProgress;
  /** When the task began, ISO 8601. */
  startedAt: string;
  /** Aborts on cancellation, on timeout and when the engine closes. */
  signal: AbortSignal;
}

export interface RunOptions<Work extends object> {
  definition: TaskDefinition<unknown, unknown, Work>;
  params: unknown;
  log: RunLog;
  store: Store<Work>;
  /** Ids of the items to work on; undefined: all. */
  items?: readonly string[] | undefined;
  timeoutSeconds: number;
  /** At most one progress event in this time. Default 50. */
  progressIntervalMs?: number | undefined;
  onProgress?: ((info: ProgressInfo) => Promise<void> | void) | undefined;
  /** Commits the transaction with all else that must be kept in the same instant. Default: the transaction alone. */
  commit?: ((transaction: StoreTransaction<Work>, result: unknown) => Promise<void>) | undefined;
  /**
   * True for what is not the task's fault, such as a database that went away: the run is released, it has not failed.
   */
  isInterruption?: ((thrown: unknown) => boolean) | undefined;
}

/** One run of one task: its time, its signal, its unit of work. Whoever decides first decides: see `decide`. */
export class TaskRun<Work extends object> {
  readonly #options: RunOptions<Work>;
  readonly #abort = new AbortController();
  readonly #flow: ProgressFlow;
  #verdict: Verdict | undefined;
  #committing = false;
  #over = false;
  #busySince = performance.now();
  #calls = 0;

  constructor(options: RunOptions<Work>) {
    this.#options = options;
    this.#flow = new ProgressFlow(options.log, options.progressIntervalMs ?? PROGRESS_INTERVAL_MS);
  }

  /**
   * Settles what the run comes to, unless that is settled: a run that has begun to commit, timed out or was cancelled
   * before is not changed any more. True when this call decided; follow it with `stop()`.
   */
  decide(verdict: Verdict): boolean {
    if (this.#verdict || this.#committing) return false;
    this.#verdict = verdict;
    return true;
  }

  stop(reason: TaskError): void {
    this.#abort.abort(new TaskRefusal(reason));
  }

  /** Runs the task to its end. Never rejects. It commits the task's writes if the task succeeded, and only then. */
  async run(): Promise<Verdict> {
    const timer = setTimeout(() => this.#timeOut(), this.#options.timeoutSeconds * 1_000);
    let transaction: StoreTransaction<Work> | undefined;
    this.#warnOfIgnored();
    try {
      transaction = this.#options.store.begin({ taskId: this.#options.log.task.id });
      const result = this.#resultOf(await this.#work(transaction));
      clearTimeout(timer);
      if (this.#verdict === undefined) {
        this.#committing = true;
        this.#flow.close();
        await (this.#options.commit ?? commitAlone)(transaction, result);
        this.#verdict = { type: 'succeeded', result };
      }
    } catch (thrown) {
      this.#verdict ??= this.#options.isInterruption?.(thrown)
        ? { type: 'released' }
        : { type: 'failed', error: toTaskError(thrown) };
    } finally {
      clearTimeout(timer);
      this.#flow.close();
      this.#over = true;
    }
    if (transaction && this.#verdict.type !== 'succeeded') this.#rollBack(transaction);
    // Work that was left running, unawaited or deaf to the signal, learns that it is for nothing.
    this.#abort.abort(ENDED);
    return this.#verdict;
  }

  /** Settles with the task's own work, or some time after the signal: a task that ignores it is left behind. */
  #work(transaction: StoreTransaction<Work>): Promise<unknown> {
    const { definition, params } = this.#options;
    const { signal } = this.#abort;
    return new Promise((resolve, reject) => {
      let grace: ReturnType<typeof setTimeout> | undefined;
      const onAbort = () => {
        grace = setTimeout(() => reject(signal.reason), GRACE_MS);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      const execute = async () => {
        signal.throwIfAborted();
        return definition.execute(params, { ...this.#controls(transaction), ...transaction.work });
      };
      execute()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(grace);
          signal.removeEventListener('abort', onAbort);
        });
    });
  }

  /** A copy that nobody else holds. Throws where it is not JSON or too large. */
  #resultOf(value: unknown): unknown {
    const text = jsonOfResult(value);
    if (text === undefined) return null;
    if (text.length > MAX_RESULT_CHARS) {
      const { name } = this.#options.definition;
      throw new TaskRefusal({
        code: 'result-too-large',
        message: `The result of "${name}" has ${text.length} characters as JSON and may have ${MAX_RESULT_CHARS}, so nothing of the task was stored; write what is large into a table, and return a summary`,
        details: { characters: text.length, maxCharacters: MAX_RESULT_CHARS },
      });
    }
    return JSON.parse(text);
  }

  #timeOut(): void {
    const { definition, timeoutSeconds } = this.#options;
    const error: TaskError = {
      code: 'timeout',
      message: `"${definition.name}" took longer than the ${timeoutSeconds} s it may take; nothing of it was stored`,
      details: { timeoutSeconds },
    };
    if (this.decide({ type: 'failed', error })) this.stop(error);
  }

  #rollBack(transaction: StoreTransaction<Work>): void {
    try {
      transaction.rollback();
    } catch (error) {
      const message = `Rolling back failed: ${toTaskError(error).message}`;
      this.#options.log.append({ type: 'log', level: 'error', message });
    }
  }

  #controls(transaction: StoreTransaction<Work>): TaskControls {
    const { log, items, definition, isInterruption } = this.#options;
    const { signal } = this.#abort;
    const itemWork = new ItemWork({
      definition,
      transaction,
      report: (item) => this.#progress({ items: [item] }),
      isFatal: (thrown) => signal.aborted || isInterruption?.(thrown) === true,
    });
    return {
      item: (...call) => itemWork.run(...call),
      ...(items && { items }),
      taskId: log.task.id,
      attempt: log.task.attempt,
      signal,
      progress: (update) => {
        const done = this.#progress(update);
        // A task that does not await its progress must not bring the whole process down when it is cancelled.
        done.catch(() => {});
        return done;
      },
      log: (level, message) => {
        checkLog(level, message);
        // No event comes between the commit and the event that reports it: their numbers must agree.
        if (this.#over || this.#committing) return;
        log.append({ type: 'log', level, message: boundText(message, LOG_LIMIT) });
      },
    };
  }

  /** A wrong update rejects. A task that does not await its progress finds the reason in its log. */
  #checked(update: ProgressUpdate): CheckedUpdate {
    try {
      return checkProgress(update);
    } catch (error) {
      const { message } = toTaskError(error);
      if (!this.#committing) this.#options.log.append({ type: 'log', level: 'error', message });
      throw error;
    }
  }

  /** The first attempt says what the task was sent and does not know. */
  #warnOfIgnored(): void {
    const { attempt, ignoredParams } = this.#options.log.task;
    if (!ignoredParams || attempt > 1) return;
    const names = ignoredParams.map((name) => JSON.stringify(name)).join(', ');
    const message = `This task does not know the parameters ${names}. It runs without them.`;
    this.#options.log.append({ type: 'log', level: 'warning', message });
  }

  async #progress(update: ProgressUpdate): Promise<void> {
    const { definition, log, onProgress } = this.#options;
    const { signal } = this.#abort;
    signal.throwIfAborted();
    if (this.#over) throw ENDED;
    this.#flow.push(this.#checked(update));
    if (onProgress) {
      const { id: taskId, startedAt, createdAt } = log.task;
      const info = { taskId, name: definition.name, progress: this.#flow.progress, signal };
      try {
        await onProgress({ ...info, startedAt: startedAt ?? createdAt });
      } catch (thrown) {
        const error = toTaskError(thrown);
        if (this.decide({ type: 'failed', error })) this.stop(error);
      }
    }
    this.#calls += 1;
    if (this.#calls >= BUSY_CALLS || performance.now() - this.#busySince >= BUSY_MS) {
      await yieldToEventLoop();
      this.#calls = 0;
      this.#busySince = performance.now();
    }
    signal.throwIfAborted();
  }
}

function commitAlone(transaction: StoreTransaction<object>): Promise<void> {
  return transaction.commit();
}

/** Undefined for undefined. The error says that it is the result: the reason alone names no place. */
function jsonOfResult(result: unknown): string | undefined {
  try {
    return JSON.stringify(result);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(
      `The result of the task must be JSON (${boundText(reason, 200)}); return only such values`,
    );
  }
}
