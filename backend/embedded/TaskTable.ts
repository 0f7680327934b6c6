import { isTerminal, type TaskPage } from '../../src/contract/index.ts';
import type { EventLog } from '../tasks/EventLog.ts';
import { cursorOf, parsePage } from '../tasks/parsePage.ts';
import type { Caller, TaskQuery } from '../tasks/TaskEngine.ts';
import type { TaskRun } from '../tasks/TaskRun.ts';

/** Features that the logs of finished tasks may hold together, for subscribers that come back just after the end. */
const MAX_KEPT_FEATURES = 100_000;

/** One task as the engine holds it. */
export interface TaskEntry {
  log: EventLog;
  /** Rises from task to task. */
  order: number;
  idempotencyKey: string | undefined;
  /** Equal for equal name and params. */
  fingerprint: string;
  /** Set while it runs. */
  run?: TaskRun;
  /** Set while it waits to be tried again: when, ISO 8601. */
  dueAt: string | undefined;
  /** When it ended, ISO 8601, as the journal was told. */
  endedAt?: string | undefined;
  /** True once a cancellation came too late for this run: there is to be no other. */
  cancelWanted?: boolean;
  /** True from the moment that it is sure to end without running (again). */
  ending: boolean;
  /** When its last run began, of performance.now(). */
  beganAt?: number;
  /** Rejects where the journal refused the task. */
  saved: Promise<void>;
  /** Resolves with the terminal event, or when the engine closes. */
  ended: { promise: Promise<void>; resolve: () => void };
}

/** All tasks by id, in the order they were made, with a bounded number of finished ones. */
export class TaskTable {
  readonly #entries = new Map<string, TaskEntry>();
  readonly #byKey = new Map<string, TaskEntry>();
  /** In the order they ended. */
  readonly #finished = new Set<TaskEntry>();
  readonly #keptFeatures = new Map<TaskEntry, number>();
  readonly #maxFinished: number;
  #featureCount = 0;

  constructor(maxFinished: number) {
    this.#maxFinished = maxFinished;
  }

  add(entry: TaskEntry): void {
    this.#entries.set(entry.log.task.id, entry);
    const key = keyOf(entry);
    if (key) this.#byKey.set(key, entry);
  }

  remove(entry: TaskEntry): void {
    this.#entries.delete(entry.log.task.id);
    this.#finished.delete(entry);
    this.#forgetFeatures(entry);
    const key = keyOf(entry);
    if (key && this.#byKey.get(key) === entry) this.#byKey.delete(key);
  }

  all(): Iterable<TaskEntry> {
    return this.#entries.values();
  }

  withKey(owner: string, idempotencyKey: string | undefined): TaskEntry | undefined {
    return idempotencyKey === undefined
      ? undefined
      : this.#byKey.get(JSON.stringify([owner, idempotencyKey]));
  }

  /** Undefined where it does not exist or is another owner's. */
  find(id: string, caller: Caller): TaskEntry | undefined {
    const entry = this.#entries.get(id);
    return entry && isVisible(entry, caller) ? entry : undefined;
  }

  /** Notes that the task has ended; gives back those that are too many now. */
  finish(entry: TaskEntry): TaskEntry[] {
    this.#finished.add(entry);
    const features = entry.log.featureCount;
    if (features > 0) {
      this.#keptFeatures.set(entry, features);
      this.#featureCount += features;
    }
    for (const oldest of this.#keptFeatures.keys()) {
      if (this.#featureCount <= MAX_KEPT_FEATURES) break;
      oldest.log.release();
      this.#forgetFeatures(oldest);
    }
    const tooMany = [...this.#finished].slice(0, Math.max(0, this.#finished.size - this.#maxFinished));
    for (const old of tooMany) this.remove(old);
    return tooMany;
  }

  /** Newest first. Rejects a query it does not understand with 'invalid-request'. */
  page(query: TaskQuery, caller: Caller): TaskPage {
    const { limit, before = Number.POSITIVE_INFINITY } = parsePage(query);
    const words = query.q?.trim().toLowerCase();
    const found = [...this.#entries.values()].filter((entry) => {
      const { task } = entry.log;
      if (entry.order >= before || !isVisible(entry, caller)) return false;
      if (query.status && isTerminal(task.status) !== (query.status === 'finished')) return false;
      if (query.name !== undefined && task.name !== query.name) return false;
      if (!words) return true;
      return [task.name, task.progress.message, ...task.tags].some((text) =>
        text.toLowerCase().includes(words),
      );
    });
    const entries = found.sort((a, b) => b.order - a.order).slice(0, limit);
    const last = entries.at(-1);
    return {
      tasks: entries.map((entry) => entry.log.task),
      ...(last && found.length > limit && { nextCursor: cursorOf(last.order) }),
    };
  }

  #forgetFeatures(entry: TaskEntry): void {
    this.#featureCount -= this.#keptFeatures.get(entry) ?? 0;
    this.#keptFeatures.delete(entry);
  }
}

function keyOf({ log, idempotencyKey }: TaskEntry): string | undefined {
  return idempotencyKey === undefined ? undefined : JSON.stringify([log.task.owner, idempotencyKey]);
}

function isVisible({ log }: TaskEntry, caller: Caller): boolean {
  return caller.admin === true || log.task.owner === caller.owner;
}
