export interface Job {
  id: string;
  queue: string;
  owner: string;
  /** 1 goes first, 10 last. */
  priority: number;
  /** Jobs with the same key never run at the same time, whatever their queues. */
  exclusive: string | undefined;
  /** True: the limit of its owner says nothing of it, and it does not count for that limit. */
  isFree?: boolean;
  /** Never rejects. */
  run(): Promise<void>;
}

/** Why a job waits. `place` is 1 for the next of those that wait for the same. */
export type JobWait =
  | { reason: 'worker'; place: number; slots: number }
  | { reason: 'limit'; place: number; running: number; limit: number }
  | { reason: 'exclusive'; place?: number; heldBy: string };

interface Lane {
  concurrency: number;
  running: number;
  /** Admitted, in the order they go. */
  waiting: Job[];
}

/**
 * Named queues: by priority, then first in first out, save that a job whose exclusive key is taken lets those behind
 * it go first. At most `jobsPerOwner` jobs of each owner are queued or run, in all queues together. The queue holds the
 * others back: each joins the end of its queue when an earlier one ends. So no owner waits for all the jobs of another.
 */
export class TaskQueue {
  readonly #jobsPerOwner: number;
  readonly #lanes = new Map<string, Lane>();
  readonly #admitted = new Map<string, number>();
  /** By owner. */
  readonly #heldBack = new Map<string, Job[]>();
  readonly #delayed = new Map<string, ReturnType<typeof setTimeout>>();
  /** Ids of the running jobs, by their exclusive key. */
  readonly #keys = new Map<string, string>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(queues: Record<string, { concurrency: number }>, jobsPerOwner: number) {
    this.#jobsPerOwner = jobsPerOwner;
    for (const [name, { concurrency }] of Object.entries(queues)) {
      if (!Number.isInteger(concurrency) || concurrency < 1) {
        throw new TypeError(
          `Queue "${name}": "concurrency" must be an integer of at least 1, not ${String(concurrency)}`,
        );
      }
      this.#lanes.set(name, { concurrency, running: 0, waiting: [] });
    }
  }

  /** The number of waiting jobs, in all queues. */
  get waiting(): number {
    let sum = this.#delayed.size;
    for (const { waiting } of this.#lanes.values()) sum += waiting.length;
    for (const jobs of this.#heldBack.values()) sum += jobs.length;
    return sum;
  }

  /** Why each job that could run waits, by id. Those that are delayed are not among them. */
  waits(): Map<string, JobWait> {
    const waits = new Map<string, JobWait>();
    for (const [owner, held] of this.#heldBack) {
      const running = this.#admitted.get(owner) ?? 0;
      for (const [i, { id }] of held.entries()) {
        waits.set(id, { reason: 'limit', place: i + 1, running, limit: this.#jobsPerOwner });
      }
    }
    const lanesOfKey = this.#lanesByKey();
    for (const { waiting, concurrency } of this.#lanes.values()) {
      let place = 0;
      /** The first job that waits for each key that is free, and how many wait for each key. */
      const first = new Map<string, string>();
      const behind = new Map<string, number>();
      for (const { id, exclusive } of waiting) {
        const heldBy =
          exclusive === undefined ? undefined : (this.#keys.get(exclusive) ?? first.get(exclusive));
        if (exclusive === undefined || heldBy === undefined) {
          place += 1;
          waits.set(id, { reason: 'worker', place, slots: concurrency });
          if (exclusive !== undefined) first.set(exclusive, id);
          continue;
        }
        const nth = (behind.get(exclusive) ?? 0) + 1;
        behind.set(exclusive, nth);
        // Nobody knows which of two queues has a free place first.
        const isKnown = lanesOfKey.get(exclusive) === 1;
        waits.set(id, { reason: 'exclusive', heldBy, ...(isKnown && { place: nth }) });
      }
    }
    return waits;
  }

  /** Queues the job after a while, up to 2^31 ms. */
  add(job: Job, delayMs = 0): void {
    const lane = this.#lanes.get(job.queue);
    if (!lane) throw new TypeError(`There is no queue "${job.queue}"`);
    if (this.#closed) return;
    if (delayMs > 0) {
      const due = () => {
        this.#delayed.delete(job.id);
        this.add(job);
      };
      this.#delayed.set(job.id, setTimeout(due, delayMs));
      return;
    }
    if (job.isFree) {
      insert(job, lane.waiting);
    } else if ((this.#admitted.get(job.owner) ?? 0) < this.#jobsPerOwner) {
      this.#admit(job, lane);
    } else {
      const held = this.#heldBack.get(job.owner) ?? [];
      this.#heldBack.set(job.owner, held);
      insert(job, held);
    }
    this.#startWhatMay();
  }

  /** False when the job is not waiting: it runs, has run, or was never here. */
  remove(id: string): boolean {
    const timer = this.#delayed.get(id);
    if (timer !== undefined) {
      clearTimeout(timer);
      return this.#delayed.delete(id);
    }
    for (const held of this.#heldBack.values()) if (take(id, held)) return true;
    for (const { waiting } of this.#lanes.values()) {
      const job = take(id, waiting);
      if (!job) continue;
      this.#leave(job);
      this.#startWhatMay();
      return true;
    }
    return false;
  }

  /** Starts nothing more; resolves when what runs has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    await Promise.all(this.#running);
  }

  /** The number of queues in which jobs wait for each exclusive key. */
  #lanesByKey(): Map<string, number> {
    const lanes = new Map<string, number>();
    for (const { waiting } of this.#lanes.values()) {
      for (const key of new Set(waiting.map(({ exclusive }) => exclusive))) {
        if (key !== undefined) lanes.set(key, (lanes.get(key) ?? 0) + 1);
      }
    }
    return lanes;
  }

  #admit(job: Job, lane: Lane): void {
    this.#admitted.set(job.owner, (this.#admitted.get(job.owner) ?? 0) + 1);
    insert(job, lane.waiting);
  }

  /** Gives the job's place to the next of its owner that is held back. */
  #leave({ owner, isFree }: Job): void {
    if (isFree) return;
    const admitted = (this.#admitted.get(owner) ?? 0) - 1;
    if (admitted > 0) this.#admitted.set(owner, admitted);
    else this.#admitted.delete(owner);
    const held = this.#heldBack.get(owner);
    const next = held?.shift();
    if (held?.length === 0) this.#heldBack.delete(owner);
    const lane = next && this.#lanes.get(next.queue);
    if (lane) this.#admit(next, lane);
  }

  #startWhatMay(): void {
    if (this.#closed) return;
    for (const lane of this.#lanes.values()) {
      for (const job of [...lane.waiting]) {
        if (lane.running >= lane.concurrency) break;
        if (job.exclusive === undefined || !this.#keys.has(job.exclusive)) this.#start(job, lane);
      }
    }
  }

  #start(job: Job, lane: Lane): void {
    take(job.id, lane.waiting);
    lane.running += 1;
    if (job.exclusive !== undefined) this.#keys.set(job.exclusive, job.id);
    const running = job.run().finally(() => {
      this.#running.delete(running);
      lane.running -= 1;
      if (job.exclusive !== undefined) this.#keys.delete(job.exclusive);
      this.#leave(job);
      this.#startWhatMay();
    });
    this.#running.add(running);
  }
}

/** Behind all that go first or came before. */
function insert(job: Job, jobs: Job[]): void {
  jobs.splice(jobs.findLastIndex(({ priority }) => priority <= job.priority) + 1, 0, job);
}

function take(id: string, jobs: Job[]): Job | undefined {
  const index = jobs.findIndex((job) => job.id === id);
  return index < 0 ? undefined : jobs.splice(index, 1)[0];
}
