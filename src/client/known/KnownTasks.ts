import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import type { SentTask } from './SentTask.ts';
import { type StateWords, snapshotOf, type TaskFacts } from './snapshotOf.ts';

/** So many tasks are kept. Those that ended go first. */
const MAX_TASKS = 10_000;
/** So many tasks that are gone are remembered, and so many facts of tasks that this client started. */
const MAX_REMEMBERED = 1_000;

/** A change of a task. */
export interface TaskChange {
  id: string;
  /** Undefined where the server no longer shows it. */
  task: TaskSnapshot | undefined;
  /** The task before. Undefined: it was not known. 'forgotten': nobody kept what it was. */
  before: TaskSnapshot | 'forgotten' | undefined;
}

interface KnownTasksOptions {
  owner: string;
  words: StateWords;
  defaultName: string;
}

/**
 * The tasks of one owner (a client token, a service) as the client knows them. Calls and WebSockets all write to it, so a late answer changes
 * nothing, and whoever follows a task sees what any of them brought. The number of a change becomes the task's `seq`.
 */
export class KnownTasks {
  readonly #options: KnownTasksOptions;
  readonly #tasks = new Map<string, { task: TaskSnapshot; sent: SentTask }>();
  /** The number of the change by which each task went. */
  readonly #gone = new Map<string, number>();
  readonly #facts = new Map<string, TaskFacts>();
  readonly #watchers = new Set<(changes: TaskChange[]) => void>();
  readonly #followers = new Map<string, Set<(task: TaskSnapshot | undefined) => void>>();
  /** Changes before this one are forgotten. */
  #forgotten = 0;
  /** Distinguishes the cursors of this client from those of another. */
  readonly #name = Math.random().toString(36).slice(2);
  version = 0;

  constructor(options: KnownTasksOptions) {
    this.#options = options;
  }

  /** Says where a watch goes on from. */
  get cursor(): string {
    return `${this.#name}.${this.version}`;
  }

  get(id: string): TaskSnapshot | undefined {
    return this.#tasks.get(id)?.task;
  }

  /** All tasks, in the order in which they came. */
  all(): TaskSnapshot[] {
    return [...this.#tasks.values()].map(({ task }) => task);
  }

  /** Takes one task. Returns true where it brought something new. */
  takeTask(id: string, sent: SentTask): boolean {
    const changes = this.#put(id, sent);
    this.#publish(changes);
    this.#show(id, this.get(id));
    return changes.length > 0;
  }

  /** Takes all tasks of the owner. `isWhole`: those that are not among them are gone. */
  takeTasks(tasks: ReadonlyMap<string, SentTask>, { isWhole }: { isWhole: boolean }): boolean {
    const changes: TaskChange[] = [];
    for (const [id, sent] of tasks) changes.push(...this.#put(id, sent));
    const missing = isWhole ? [...this.#tasks.keys()].filter((id) => !tasks.has(id)) : [];
    for (const id of missing) changes.push(this.#remove(id));
    this.#forget();
    this.#publish(changes);
    for (const id of [...this.#followers.keys()]) {
      const task = this.get(id);
      if (task ? tasks.has(id) : isWhole) this.#show(id, task);
    }
    return changes.length > 0;
  }

  /** Drops a task that the server no longer has. */
  drop(id: string): void {
    if (!this.#tasks.has(id)) return;
    this.#publish([this.#remove(id)]);
    this.#forget();
    this.#show(id, undefined);
  }

  /** Remembers what the protocol does not say of a task. */
  remember(id: string, facts: TaskFacts): void {
    this.#facts.set(id, facts);
    const [oldest] = this.#facts.keys();
    if (this.#facts.size > MAX_REMEMBERED && oldest !== undefined) this.#facts.delete(oldest);
    const entry = this.#tasks.get(id);
    if (entry) this.takeTask(id, entry.sent);
  }

  factsOf(id: string): TaskFacts | undefined {
    return this.#facts.get(id);
  }

  /** Returns what has changed since the cursor was given, and undefined where that is not known. */
  changesSince(cursor: string): TaskChange[] | undefined {
    const [name, number] = cursor.split('.');
    const version = Number(number);
    if (name !== this.#name || !(version >= this.#forgotten && version <= this.version)) return undefined;
    const changes: TaskChange[] = [];
    for (const { task } of this.#tasks.values()) {
      if (task.seq > version) changes.push({ id: task.id, task, before: 'forgotten' });
    }
    for (const [id, at] of this.#gone) {
      if (at > version) changes.push({ id, task: undefined, before: 'forgotten' });
    }
    return changes;
  }

  /** Hears of every change, until the returned function is called. */
  watch(listener: (changes: TaskChange[]) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Hears of each state of a task, also one that says nothing new, and of undefined where the server shows it no more. */
  follow(id: string, listener: (task: TaskSnapshot | undefined) => void): () => void {
    const listeners = this.#followers.get(id) ?? new Set();
    this.#followers.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#followers.delete(id);
    };
  }

  #put(id: string, sent: SentTask): TaskChange[] {
    const before = this.get(id);
    const facts = this.#facts.get(id);
    const task = snapshotOf(before, sent, { id, facts, seq: this.version + 1, ...this.#options });
    this.#tasks.set(id, { task, sent });
    if (task === before) return [];
    this.version += 1;
    this.#gone.delete(id);
    return [{ id, task, before }];
  }

  #remove(id: string): TaskChange {
    const before = this.get(id);
    this.#tasks.delete(id);
    this.version += 1;
    this.#gone.set(id, this.version);
    return { id, task: undefined, before };
  }

  #forget(): void {
    for (const [id, at] of this.#gone) {
      if (this.#gone.size <= MAX_REMEMBERED) break;
      this.#gone.delete(id);
      this.#forgotten = at;
    }
    for (const [id, { task }] of this.#tasks) {
      if (this.#tasks.size <= MAX_TASKS) break;
      if (!isTerminal(task.status)) continue;
      this.#tasks.delete(id);
      this.#forgotten = this.version;
    }
  }

  #publish(changes: TaskChange[]): void {
    if (changes.length > 0) for (const watcher of [...this.#watchers]) watcher(changes);
  }

  #show(id: string, task: TaskSnapshot | undefined): void {
    for (const listener of [...(this.#followers.get(id) ?? [])]) listener(task);
  }
}
