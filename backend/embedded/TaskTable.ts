import type { DesignChange, TaskFilter, TaskPage } from '../../src/contract/index.ts';
import { isVisible } from '../tasks/access.ts';
import { cursorOf, parsePage } from '../tasks/parsePage.ts';
import type { Caller, TaskQuery } from '../tasks/TaskEngine.ts';
import type { ChangeFeed } from '../tasks/watch/ChangeFeed.ts';
import { selectableOf, TaskSelection } from '../tasks/watch/TaskSelection.ts';
import { nodeOfKey } from '../workflows/nodeKeys.ts';
import { factOf } from './designFacts.ts';
import { EntryFeed } from './EntryFeed.ts';
import type { TaskEntry } from './TaskEntry.ts';

/**
 * Characters that the logs of finished tasks may hold together, for subscribers that come back just after the end. Beyond
 * that the oldest keep no more than their last event.
 */
const MAX_KEPT_CHARS = 32 * 2 ** 20;

/**
 * A task that has just ended is kept for so long, however many ended after it: whoever did not hear that it was queued asks
 * again with its idempotency key, which goes with it. So many are kept for this at most.
 */
const KEPT_MS = 120_000;
const MOST_KEPT = 1_000;

/** The tasks of nodes are kept for as long as their run is. Beyond this number the runs that ended first go. */
const MOST_NODES = 20_000;

/** All tasks by id, in the order they were made, with a bounded number of finished ones. */
export class TaskTable {
  readonly #entries = new Map<string, TaskEntry>();
  readonly #byKey = new Map<string, TaskEntry>();
  /** By the id of the run, then by the key of the node. */
  readonly #byRun = new Map<string, Map<string, TaskEntry>>();
  #nodes = 0;
  /** The keys of tasks that were cleared just after their end, oldest first. */
  readonly #clearedKeys = new Map<string, { id: string; untilMs: number }>();
  /** In the order they ended. */
  readonly #finished = new Set<TaskEntry>();
  readonly #keptChars = new Map<TaskEntry, number>();
  readonly #changes = new EntryFeed();
  readonly #maxFinished: number;
  #chars = 0;

  constructor(maxFinished: number) {
    this.#maxFinished = maxFinished;
  }

  /** The changes of the table, for watchers. */
  get feed(): ChangeFeed {
    return this.#changes.feed;
  }

  add(entry: TaskEntry): void {
    this.#entries.set(entry.log.task.id, entry);
    const key = keyOf(entry);
    if (key) this.#byKey.set(key, entry);
    const at = nodeOfKey(entry.idempotencyKey);
    if (at) {
      const nodes = this.#byRun.get(at.run) ?? new Map<string, TaskEntry>();
      this.#byRun.set(at.run, nodes.set(at.node, entry));
      this.#nodes += 1;
    }
    this.#changes.add(entry);
  }

  remove(entry: TaskEntry): void {
    if (!this.#entries.delete(entry.log.task.id)) return;
    this.#finished.delete(entry);
    this.#forgetEvents(entry);
    const key = keyOf(entry);
    if (key && this.#byKey.get(key) === entry) this.#byKey.delete(key);
    const at = nodeOfKey(entry.idempotencyKey);
    const nodes = at && this.#byRun.get(at.run);
    if (at && nodes) {
      nodes.delete(at.node);
      this.#nodes -= 1;
      if (nodes.size === 0) this.#byRun.delete(at.run);
    }
    this.#changes.remove(entry);
  }

  /** The tasks of a run's nodes, by the nodes' keys. */
  nodesOf(run: string): ReadonlyMap<string, TaskEntry> {
    return this.#byRun.get(run) ?? new Map();
  }

  /** The run that the task is a node of. */
  runOf(entry: TaskEntry): TaskEntry | undefined {
    const at = nodeOfKey(entry.idempotencyKey);
    return at && this.#entries.get(at.run);
  }

  /** Removes a task that has ended. Its idempotency key stays known for as long as that of a task that has just ended. */
  clear(entry: TaskEntry): void {
    this.remove(entry);
    const key = keyOf(entry);
    if (!key || !endedJustNow(entry)) return;
    const now = Date.now();
    for (const [old, { untilMs }] of this.#clearedKeys) {
      if (untilMs > now && this.#clearedKeys.size < MOST_KEPT) break;
      this.#clearedKeys.delete(old);
    }
    this.#clearedKeys.set(key, { id: entry.log.task.id, untilMs: now + KEPT_MS });
  }

  /** The id of a task that was cleared, and whose key must not start another one yet. */
  clearedWithKey(owner: string, idempotencyKey: string | undefined): string | undefined {
    if (idempotencyKey === undefined) return undefined;
    const cleared = this.#clearedKeys.get(JSON.stringify([owner, idempotencyKey]));
    return cleared && cleared.untilMs > Date.now() ? cleared.id : undefined;
  }

  all(): Iterable<TaskEntry> {
    return this.#entries.values();
  }

  withKey(owner: string, idempotencyKey: string | undefined): TaskEntry | undefined {
    return idempotencyKey === undefined
      ? undefined
      : this.#byKey.get(JSON.stringify([owner, idempotencyKey]));
  }

  withId(id: string): TaskEntry | undefined {
    return this.#entries.get(id);
  }

  /** Undefined where it does not exist or is another owner's. */
  find(id: string, caller: Caller): TaskEntry | undefined {
    const entry = this.#entries.get(id);
    return entry && isVisible(entry.log.task, caller) ? entry : undefined;
  }

  /** Notes that the task has ended; gives back those that are too many now. */
  finish(entry: TaskEntry): TaskEntry[] {
    if (!this.runOf(entry)) this.#finished.add(entry);
    const { size } = entry.log;
    this.#keptChars.set(entry, size);
    this.#chars += size;
    for (const oldest of this.#keptChars.keys()) {
      if (this.#chars <= MAX_KEPT_CHARS) break;
      oldest.log.release();
      this.#forgetEvents(oldest);
    }
    const tooMany: TaskEntry[] = [];
    for (const old of this.#finished) {
      const left = this.#finished.size - tooMany.length;
      if (left <= this.#maxFinished || (left <= MOST_KEPT && endedJustNow(old))) break;
      tooMany.push(old);
    }
    let nodes = this.#nodes;
    for (const old of this.#finished) {
      if (nodes <= MOST_NODES) break;
      const own = this.nodesOf(old.log.task.id).size;
      if (own === 0) continue;
      nodes -= own;
      if (!tooMany.includes(old)) tooMany.push(old);
    }
    const gone = tooMany.flatMap((old) => [old, ...this.#endedNodesOf(old)]);
    for (const old of gone) this.remove(old);
    return gone;
  }

  #endedNodesOf(run: TaskEntry): TaskEntry[] {
    return [...this.nodesOf(run.log.task.id).values()].filter(({ state }) => state === 'ended');
  }

  /** In the order they were made. */
  select(filter: TaskFilter, caller: Caller): TaskEntry[] {
    const selection = new TaskSelection(filter, caller);
    return [...this.#entries.values()].filter(({ log }) => selection.selects(selectableOf(log.task)));
  }

  /** Newest first. Rejects a query it does not understand with 'invalid-request'. */
  page(query: TaskQuery, caller: Caller): Omit<TaskPage, 'tasks'> & { entries: TaskEntry[] } {
    const { limit, before = Number.POSITIVE_INFINITY } = parsePage(query);
    const found = this.select(query, caller).filter(({ order }) => order < before);
    const entries = found.sort((a, b) => b.order - a.order).slice(0, limit);
    const last = entries.at(-1);
    return {
      entries,
      ...(last && found.length > limit && { nextCursor: cursorOf(last.order) }),
      watchCursor: this.feed.cursor,
    };
  }

  /** Notes at the tasks of a design that it changed. Gives those of which that was not known. */
  noteDesign(change: DesignChange, at: string): TaskEntry[] {
    const isNew: TaskEntry[] = [];
    for (const entry of this.#entries.values()) {
      const fact = factOf(entry.log.task, change, at);
      if (!fact) continue;
      const isKnown = Object.keys(fact).every((name) => name in entry.designFacts);
      entry.designFacts = { ...entry.designFacts, ...fact };
      if (isKnown) continue;
      this.#changes.change(entry);
      isNew.push(entry);
    }
    return isNew;
  }

  #forgetEvents(entry: TaskEntry): void {
    this.#chars -= this.#keptChars.get(entry) ?? 0;
    this.#keptChars.delete(entry);
  }
}

function endedJustNow({ log: { task } }: TaskEntry): boolean {
  return task.finishedAt !== undefined && Date.now() - Date.parse(task.finishedAt) < KEPT_MS;
}

function keyOf({ log, idempotencyKey }: TaskEntry): string | undefined {
  return idempotencyKey === undefined ? undefined : JSON.stringify([log.task.owner, idempotencyKey]);
}
