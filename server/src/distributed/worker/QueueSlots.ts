import type { Worker } from 'bullmq';

/**
 * Counts the tasks of one queue that run in this worker, for a worker whose jobs may carry several tasks. BullMQ counts jobs.
 * So whenever the number of tasks changes, BullMQ's limit of jobs is set again.
 */
export class QueueSlots {
  readonly #limit: number;
  readonly #worker: Pick<Worker, 'concurrency'>;
  #tasks = 0;
  #jobs = 0;
  /** The number of tasks that the latest job carried. The next one is expected to carry as many. */
  #perJob = 1;

  /** `limit` is the number of tasks that may run at the same time. */
  constructor(worker: Pick<Worker, 'concurrency'>, limit: number) {
    this.#worker = worker;
    this.#limit = limit;
  }

  /**
   * A job with so many tasks has arrived. Returns how many of them may run now. Those are counted from here on: call
   * `taskEnded` for each, and `jobEnded` at the end.
   */
  take(tasks: number): number {
    const taken = Math.min(tasks, this.#limit - this.#tasks);
    this.#perJob = tasks;
    this.#jobs += 1;
    this.#tasks += taken;
    this.#update();
    return taken;
  }

  /**
   * Counts a task that came with no job, if there is room for it: call `taskEnded` at its end. One place is left for those that come
   * from the queue, because BullMQ's limit cannot be 0.
   */
  reserve(): boolean {
    if (this.#tasks + 1 >= this.#limit) return false;
    this.#tasks += 1;
    this.#update();
    return true;
  }

  taskEnded(): void {
    this.#tasks -= 1;
    this.#update();
  }

  jobEnded(): void {
    this.#jobs -= 1;
    this.#update();
  }

  #update(): void {
    const free = Math.ceil((this.#limit - this.#tasks) / this.#perJob);
    this.#worker.concurrency = this.#jobs + free;
  }
}
