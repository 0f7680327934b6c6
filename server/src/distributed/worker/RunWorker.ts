import { pause } from '../../../../backend/common/pause.ts';
import { isTerminal, type TerminalStatus, WORKFLOW_TASK } from '../../../../src/contract/index.ts';
import { isTemporary } from '../../common/errorKind.ts';
import { TaskServices } from '../TaskServices.ts';
import { TaskWorker, type TaskWorkerOptions } from './TaskWorker.ts';

/** It looks for nodes this often, and as soon as one has ended. */
const LOOK_MS = 100;
/** It looks again after this where a service is away. */
const AGAIN_MS = 1_000;

/**
 * A worker for the nodes of one run of a workflow. It takes them out of their queues by their rows, also where other workers run.
 * `queues` says how many of all nodes run here at the same time.
 */
export class RunWorker {
  /** Resolves with the end of the run once no node of it runs here; undefined: the worker was closed before. */
  readonly ended: Promise<TerminalStatus | undefined>;
  readonly #run: string;
  readonly #worker: TaskWorker;
  readonly #services: TaskServices;
  readonly #atOnce: number;
  readonly #closed = new AbortController();
  #running = 0;
  #wake = new AbortController();

  private constructor(run: string, worker: TaskWorker, services: TaskServices, atOnce: number) {
    this.#run = run;
    this.#worker = worker;
    this.#services = services;
    this.#atOnce = atOnce;
    this.ended = this.#work();
  }

  /** Undefined where there is no such run. */
  static async start(
    run: string,
    { concurrency, ...options }: Omit<TaskWorkerOptions, 'queues'> & { concurrency: number },
  ): Promise<RunWorker | undefined> {
    const services = new TaskServices(options);
    const row = await services.lookup.find(run);
    if (row?.name !== WORKFLOW_TASK) {
      await services.close();
      return undefined;
    }
    return new RunWorker(run, await TaskWorker.start({ ...options, queues: {} }), services, concurrency);
  }

  /** Takes no more nodes, and closes as TaskWorker does. */
  async close(options: { drainSeconds?: number } = {}): Promise<void> {
    this.#closed.abort();
    await this.#worker.close(options);
    await this.ended;
    await this.#services.close();
  }

  async #work(): Promise<TerminalStatus | undefined> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      this.#wake = new AbortController();
      try {
        const free = this.#atOnce - this.#running;
        const jobs = free > 0 ? await this.#services.runs.take(this.#run, free) : [];
        for (const job of jobs) this.#take(job);
        const status = jobs.length === 0 && this.#running === 0 ? await this.#end() : undefined;
        if (status) return status;
        if (jobs.length === 0 || this.#running >= this.#atOnce)
          await pause(LOOK_MS, signal, this.#wake.signal);
      } catch (error) {
        if (!isTemporary(error)) throw error;
        this.#services.observer.problem?.('The nodes of the workflow could not be looked for', error);
        await pause(AGAIN_MS, signal);
      }
    }
    return undefined;
  }

  /** Says how the run has ended, if it has. A run that was removed has ended as well, and nobody knows how. */
  async #end(): Promise<TerminalStatus | undefined> {
    const status = (await this.#services.lookup.find(this.#run))?.status ?? 'cancelled';
    return isTerminal(status) ? status : undefined;
  }

  #take(job: { id: string; job: number }): void {
    this.#running += 1;
    this.#worker.runTask(job).finally(() => {
      this.#running -= 1;
      this.#wake.abort();
    });
  }
}
