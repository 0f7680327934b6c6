export interface Job {
  id: string;
  queue: string;
  /** Jobs with the same key never run at the same time, whatever their queues. */
  exclusive: string | undefined;
  /** Never rejects. */
  run(): Promise<void>;
}

interface Lane {
  concurrency: number;
  running: number;
  waiting: Map<string, Job>;
}

/** Named queues, first in first out, save that a job whose exclusive key is taken lets those behind it go first. */
export class TaskQueue {
  readonly #lanes = new Map<string, Lane>();
  readonly #held = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(queues: Record<string, { concurrency: number }>) {
    for (const [name, { concurrency }] of Object.entries(queues)) {
      if (!Number.isInteger(concurrency) || concurrency < 1) {
        throw new TypeError(
          `Queue "${name}": "concurrency" must be an integer of at least 1, not ${String(concurrency)}`,
        );
      }
      this.#lanes.set(name, { concurrency, running: 0, waiting: new Map() });
    }
  }

  /** How many wait, in all queues. */
  get waiting(): number {
    let sum = 0;
    for (const lane of this.#lanes.values()) sum += lane.waiting.size;
    return sum;
  }

  add(job: Job): void {
    const lane = this.#lanes.get(job.queue);
    if (!lane) throw new TypeError(`There is no queue "${job.queue}"`);
    lane.waiting.set(job.id, job);
    this.#startWhatMay();
  }

  /** False when the job is not waiting: it runs, has run, or was never here. */
  remove(id: string): boolean {
    for (const lane of this.#lanes.values()) if (lane.waiting.delete(id)) return true;
    return false;
  }

  /** Starts nothing more; resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#running);
  }

  #startWhatMay(): void {
    if (this.#closed) return;
    for (const lane of this.#lanes.values()) {
      for (const job of lane.waiting.values()) {
        if (lane.running >= lane.concurrency) break;
        if (job.exclusive === undefined || !this.#held.has(job.exclusive)) this.#start(job, lane);
      }
    }
  }

  #start(job: Job, lane: Lane): void {
    lane.waiting.delete(job.id);
    lane.running += 1;
    if (job.exclusive !== undefined) this.#held.add(job.exclusive);
    const running = job.run().finally(() => {
      this.#running.delete(running);
      lane.running -= 1;
      if (job.exclusive !== undefined) this.#held.delete(job.exclusive);
      this.#startWhatMay();
    });
    this.#running.add(running);
  }
}
