import { Worker } from 'node:worker_threads';
import type { TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import type { TaskError } from '../../../../src/contract/index.ts';
import { snapshotOf, type TaskRow } from '../rows/taskRow.ts';
import type { TaskServices } from '../TaskServices.ts';
import type { RunningAttempt } from './Attempt.ts';
import { AttemptLogWriter } from './AttemptLogWriter.ts';
import { type Ended, endAttempt, type Verdict } from './endAttempt.ts';

/** A thread that computes without pause gets this much beyond its timeout, and to stop. */
const GRACE_MS = 2_000;

/** The values that the thread needs to do a worker's work by itself. */
export interface ThreadSetup {
  redisUrl: string;
  databaseUrl: string;
  prefix: string | undefined;
  tasksPerOwner: number | undefined;
  taskFiles: readonly string[];
}

export type ToThread = 'cancel' | 'release';
/** At the end `ended`. A problem is for the operator, and the thread goes on. */
export type FromThread = { ended: Ended | undefined } | { problem: string; reason: string };

/**
 * An attempt in a thread of its own, which may compute without pause: here the lock is renewed and the clock is kept.
 * A thread that does not stop is ended.
 */
export class ThreadedAttempt implements RunningAttempt {
  readonly row: TaskRow;
  readonly progress = undefined;
  readonly #definition: TaskDefinition;
  readonly #services: TaskServices;
  readonly #setup: ThreadSetup;
  readonly #signal: AbortSignal;
  #thread: Worker | undefined;
  #verdict: Verdict | undefined;
  #kill: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    row: TaskRow;
    definition: TaskDefinition;
    services: TaskServices;
    signal: AbortSignal;
    thread: ThreadSetup;
  }) {
    this.row = options.row;
    this.#definition = options.definition;
    this.#services = options.services;
    this.#setup = options.thread;
    this.#signal = options.signal;
  }

  async run(): Promise<Ended | undefined> {
    const { name, timeoutSeconds } = this.#definition;
    const message = `"${name}" took longer than the ${timeoutSeconds} s it may take; nothing of it was stored`;
    const error: TaskError = { code: 'timeout', message, details: { timeoutSeconds } };
    const clock = setTimeout(() => this.#end({ type: 'failed', error }), timeoutSeconds * 1_000 + GRACE_MS);
    try {
      const said = await this.#inThread();
      if (said) return said.ended;
    } finally {
      clearTimeout(clock);
      clearTimeout(this.#kill);
    }
    // The thread ended silently. If it committed all the same, the row says so.
    const lost = { code: 'exception', message: `The thread that ran "${name}" broke off` };
    const [row, definition, services, signal] = [this.row, this.#definition, this.#services, this.#signal];
    const log = new AttemptLogWriter(services.logs, snapshotOf(row), {
      counted: false,
      onProblem: services.observer.problem,
    });
    const verdict = this.#verdict ?? { type: 'failed', error: lost };
    return endAttempt(verdict, { row, definition, progress: row.progress, log, services, signal });
  }

  cancel(): void {
    this.#stop('cancel', { type: 'cancelled' });
  }

  release(): void {
    this.#stop('release', { type: 'released' });
  }

  drop(): void {
    this.#end({ type: 'released' });
  }

  #stop(message: ToThread, verdict: Verdict): void {
    this.#thread?.postMessage(message);
    this.#kill ??= setTimeout(() => this.#end(verdict), GRACE_MS);
  }

  #end(verdict: Verdict): void {
    this.#verdict ??= verdict;
    this.#thread
      ?.terminate()
      .catch((error) => this.#services.observer.problem?.('A thread could not be ended', error));
  }

  #inThread(): Promise<{ ended: Ended | undefined } | undefined> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const url = new URL(`./attemptThread.${extension}`, import.meta.url);
    const thread = new Worker(url, { workerData: { setup: this.#setup, row: this.row } });
    this.#thread = thread;
    let said: { ended: Ended | undefined } | undefined;
    thread.on('message', (message: FromThread) => {
      if ('ended' in message) said = message;
      else this.#services.observer.problem?.(message.problem, new Error(message.reason));
    });
    return new Promise((resolve) => {
      thread.on('error', (error) => {
        this.#services.observer.problem?.(`The thread of task ${this.row.id}`, error);
      });
      thread.on('exit', () => resolve(said));
    });
  }
}
