/**
 * A small model of who runs next and why each task waits, for the suite of random schedules. It knows the rules and none of
 * the engines' code. `embedded` admits an owner's tasks to their queues, where each waits for its key and for a place.
 * `distributed` dispatches a task only once its key is free, and its queue has no more to decide.
 */
export interface ModelTask {
  id: string;
  owner: string;
  queue: string;
  key: string | undefined;
  /** 1 goes first. */
  priority: number;
}

export interface ModelWait {
  reason: 'worker' | 'limit' | 'exclusive';
  place?: number;
  heldBy?: string;
}

type State = 'held' | 'admitted' | 'running';
interface Entry extends ModelTask {
  /** Rises with each task, and with each admission. */
  made: number;
  admitted: number;
  state: State;
}

export class WaitingModel {
  readonly #rules: 'embedded' | 'distributed';
  readonly #perOwner: number;
  readonly #concurrency: number;
  readonly #queues: readonly string[];
  #tasks: Entry[] = [];
  #clock = 0;

  constructor(options: {
    rules: 'embedded' | 'distributed';
    perOwner: number;
    concurrency: number;
    queues: readonly string[];
  }) {
    this.#rules = options.rules;
    this.#perOwner = options.perOwner;
    this.#concurrency = options.concurrency;
    this.#queues = options.queues;
  }

  add(task: ModelTask): void {
    const entry: Entry = { ...task, made: ++this.#clock, admitted: 0, state: 'held' };
    this.#tasks.push(entry);
    if (this.#rules === 'distributed') this.#dispatch([entry.owner]);
    else if (this.#free(entry.owner) > 0) this.#admit(entry);
    this.#start();
  }

  /** The task has ended, or was cancelled. */
  remove(id: string): void {
    const entry = this.#tasks.find((task) => task.id === id);
    if (!entry) throw new Error(`The model has no task ${id}`);
    this.#tasks = this.#tasks.filter((task) => task !== entry);
    if (this.#rules === 'distributed') {
      // The worker's place is free before the row's end dispatches others.
      this.#start();
      const waiters = this.#tasks.filter(({ key, state }) => state === 'held' && key && key === entry.key);
      this.#dispatch([entry.owner, ...waiters.map(({ owner }) => owner)]);
    } else if (entry.state !== 'held') {
      const [next] = this.#sorted('held').filter(({ owner }) => owner === entry.owner);
      if (next) this.#admit(next);
    }
    this.#start();
  }

  ids(state: 'running' | 'waiting'): string[] {
    return this.#tasks
      .filter((task) => (task.state === 'running') === (state === 'running'))
      .map(({ id }) => id);
  }

  task(id: string): ModelTask | undefined {
    return this.#tasks.find((task) => task.id === id);
  }

  /** Why each task waits. */
  waits(): Map<string, ModelWait> {
    const waiting = this.#tasks.filter(({ state }) => state !== 'running');
    return new Map(
      waiting.map((task) => [
        task.id,
        this.#rules === 'embedded' ? this.#embedded(task) : this.#distributed(task),
      ]),
    );
  }

  #embedded(task: Entry): ModelWait {
    if (task.state === 'held') {
      const own = this.#sorted('held').filter(({ owner }) => owner === task.owner);
      return { reason: 'limit', place: own.indexOf(task) + 1 };
    }
    const lane = this.#sorted('admitted').filter(({ queue }) => queue === task.queue);
    const sameKey = (each: Entry) => task.key !== undefined && each.key === task.key;
    const group = lane.filter(sameKey);
    const elsewhere = this.#sorted('admitted').some((each) => each.queue !== task.queue && sameKey(each));
    const runner = this.#tasks.find((each) => each.state === 'running' && sameKey(each));
    const nth = group.indexOf(task);
    if (runner || nth > 0) {
      const heldBy = runner?.id ?? group[0]?.id ?? '';
      return { reason: 'exclusive', heldBy, ...(!elsewhere && { place: runner ? nth + 1 : nth }) };
    }
    const free = lane.filter((each) => this.#embeddedMayRun(each, lane));
    return { reason: 'worker', place: free.indexOf(task) + 1 };
  }

  /** Only its queue keeps it from running. */
  #embeddedMayRun(task: Entry, lane: Entry[]): boolean {
    if (task.key === undefined) return true;
    if (this.#tasks.some(({ state, key }) => state === 'running' && key === task.key)) return false;
    return lane.find(({ key }) => key === task.key) === task;
  }

  #distributed(task: Entry): ModelWait {
    if (task.state === 'admitted') {
      const queue = this.#sorted('admitted').filter((each) => each.queue === task.queue);
      return { reason: 'worker', place: queue.indexOf(task) + 1 };
    }
    const before = this.#sorted('held').slice(0, this.#sorted('held').indexOf(task));
    const holder = this.#holder(task);
    if (this.#free(task.owner) <= 0) {
      if (holder) return { reason: 'limit' };
      const ahead = before.filter((each) => each.owner === task.owner && !this.#holder(each));
      return { reason: 'limit', place: ahead.length + 1 };
    }
    if (!holder) return { reason: 'worker' };
    const ahead = before.filter(
      (each) =>
        each.key === task.key &&
        each !== holder &&
        (this.#free(each.owner) > 0 || (holder.state !== 'held' && each.owner === holder.owner)),
    );
    return { reason: 'exclusive', heldBy: holder.id, place: ahead.length + 1 };
  }

  /** The task that has the key, or goes first for it. */
  #holder(task: Entry): Entry | undefined {
    if (task.key === undefined) return undefined;
    const alike = (each: Entry) => each.key === task.key;
    const holder = this.#tasks.find((each) => each.state !== 'held' && alike(each));
    if (holder) return holder;
    const first = this.#sorted('held').find((each) => alike(each) && this.#free(each.owner) > 0);
    return first === task ? undefined : first;
  }

  /** One call of the dispatcher for these owners. */
  #dispatch(owners: string[]): void {
    const open = this.#sorted('held').filter(({ owner }) => owners.includes(owner) && this.#free(owner) > 0);
    const candidates = open.filter(
      (task) =>
        task.key === undefined ||
        (!this.#tasks.some(({ state, key }) => state !== 'held' && key === task.key) &&
          open.find(({ key }) => key === task.key) === task),
    );
    const room = new Map(candidates.map(({ owner }) => [owner, this.#free(owner)]));
    for (const task of candidates) {
      const free = room.get(task.owner) ?? 0;
      if (free <= 0) continue;
      room.set(task.owner, free - 1);
      this.#admit(task);
    }
    // What one call leaves behind, the sweeper dispatches.
    if (this.#leftBehind().length > 0) this.#dispatch([...new Set(this.#tasks.map(({ owner }) => owner))]);
  }

  #leftBehind(): Entry[] {
    return this.#sorted('held').filter((task) => this.#free(task.owner) > 0 && !this.#holder(task));
  }

  #admit(task: Entry): void {
    task.state = 'admitted';
    task.admitted = ++this.#clock;
  }

  #start(): void {
    for (const queue of this.#queues) {
      for (const task of this.#sorted('admitted').filter((each) => each.queue === queue)) {
        const running = this.#tasks.filter(({ state }) => state === 'running');
        if (running.filter((each) => each.queue === queue).length >= this.#concurrency) break;
        if (task.key === undefined || !running.some(({ key }) => key === task.key)) task.state = 'running';
      }
    }
  }

  /** Places of the owner that are free. */
  #free(owner: string): number {
    return (
      this.#perOwner - this.#tasks.filter((task) => task.owner === owner && task.state !== 'held').length
    );
  }

  #sorted(state: 'held' | 'admitted'): Entry[] {
    const since = (task: Entry) => (state === 'held' ? task.made : task.admitted);
    return this.#tasks
      .filter((task) => task.state === state)
      .sort((a, b) => a.priority - b.priority || since(a) - since(b));
  }
}
