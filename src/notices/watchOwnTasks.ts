import type { SystemClient, TaskStream } from '../client/SystemClient.ts';
import { safely } from '../client/safely.ts';
import { isNodeTask, isTerminal, type TaskSnapshot } from '../contract/index.ts';
import { pollTasks } from '../parts/pollTasks.ts';
import { parseTask } from './parseTask.ts';

/** A list that failed is read again after so long, doubled with each failure in a row. */
const RETRY_MS = 3_000;
const LONGEST_MS = 60_000;
/** The most that a server lists. */
const MOST = 200;
/** So many of the newest tasks are asked for where the server has no watch. */
const POLLED = 50;

export interface OwnTasksHandlers {
  /** The user's tasks that wait or run, whenever one of them changes. */
  onActive(tasks: readonly TaskSnapshot[]): void;
  /** A task of the user ended. Called once for each task, and for none that had ended before the watch began. */
  onEnd(task: TaskSnapshot): void;
}

export interface OwnTasksWatch {
  /** Looks again, where nothing else says that there is a new task. */
  lookAgain(): void;
  stop(): void;
}

/**
 * Watches the user's own tasks, and not what each of them builds: it costs no connection beside the one that all tabs share.
 * Where the client cannot watch, or its server is too old for it, the list is polled. Undefined where it cannot even list.
 *
 * @example
 * const watch = watchOwnTasks(app.system, { onActive: showCount, onEnd: showNotice });
 */
export function watchOwnTasks(system: SystemClient, handlers: OwnTasksHandlers): OwnTasksWatch | undefined {
  return system.listTasks ? new OwnTasks(system, handlers) : undefined;
}

class OwnTasks implements OwnTasksWatch {
  readonly #system: SystemClient;
  readonly #handlers: OwnTasksHandlers;
  readonly #active = new Map<string, TaskSnapshot>();
  readonly #ended = new Set<string>();
  /** The newest task that was known at the start was created at this time. */
  #knownUntil: string | undefined;
  #stream: TaskStream | undefined;
  #stopPolling: (() => void) | undefined;
  #isReading = false;
  #isStale = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(system: SystemClient, handlers: OwnTasksHandlers) {
    this.#system = system;
    this.#handlers = handlers;
    if (system.watchTasks) void this.#read();
    else this.#poll();
  }

  lookAgain(): void {
    if (this.#stopPolling) this.#poll();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stopPolling?.();
  }

  /** Reads which tasks are active, and watches from there on. */
  async #read(): Promise<void> {
    if (this.#isReading) {
      this.#isStale = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#isStale = false;
    try {
      // The newest task of all says which ones are new: one that ended before may come in a watch as well.
      const [active, newest] = await Promise.all([
        this.#system.listTasks?.({ owner: 'me', status: 'active', limit: MOST }),
        this.#knownUntil === undefined ? this.#system.listTasks?.({ owner: 'me', limit: 1 }) : undefined,
      ]);
      if (this.#isOver) return;
      if (!active || !Array.isArray(active.tasks))
        throw new TypeError("The host's listTasks resolved without a list of tasks");
      this.#knownUntil ??= newestOf(newest?.tasks);
      this.#failures = 0;
      if (!this.#stream && active.watchCursor === undefined) {
        this.#poll();
        return;
      }
      await this.#takeActive(parseAll(active.tasks));
      if (!this.#isOver && active.watchCursor !== undefined) this.#stream ??= this.#watch(active.watchCursor);
    } catch {
      // Nobody waits for this list. The dialog says it where the server does not answer.
      if (this.#isOver) return;
      this.#failures += 1;
      const pause = Math.min(LONGEST_MS, RETRY_MS * 2 ** (this.#failures - 1));
      this.#timer = setTimeout(() => void this.#read(), pause);
    } finally {
      this.#isReading = false;
    }
    if (this.#isStale && !this.#isOver) void this.#read();
  }

  /** Asks the server how a task ended that was active and is not any more. */
  async #takeActive(tasks: readonly TaskSnapshot[]): Promise<void> {
    const listed = new Set(tasks.map(({ id }) => id));
    const gone = [...this.#active.keys()].filter((id) => !listed.has(id));
    for (const id of gone) {
      const ended = parseTask(await this.#system.getTask?.(id).catch(() => undefined));
      if (this.#isOver) return;
      if (ended) this.#take(ended);
      else this.#active.delete(id);
    }
    for (const task of tasks) this.#take(task);
    this.#sayActive();
  }

  #watch(after: string): TaskStream | undefined {
    return this.#system.watchTasks?.(
      { owner: 'me' },
      {
        onTask: (task) => this.#change(parseTask(task)),
        onGone: (id, task) => {
          if (task) this.#change(parseTask(task));
          else if (this.#active.delete(id)) this.#sayActive();
        },
        onReset: () => void this.#read(),
        onError: () => this.#poll(),
      },
      { after },
    );
  }

  #poll(): void {
    if (this.#isOver) return;
    this.#stream?.close();
    this.#stopPolling?.();
    this.#stopPolling = pollTasks(
      () => this.#system.listTasks?.({ owner: 'me', limit: POLLED }),
      (result) => {
        if (!('tasks' in result)) return;
        this.#knownUntil ??= newestOf(result.tasks);
        for (const task of parseAll(result.tasks)) this.#take(task);
        this.#sayActive();
      },
    );
  }

  #change(task: TaskSnapshot | undefined): void {
    if (this.#isOver || !task) return;
    const before = this.#active.get(task.id);
    if (before && before.seq > task.seq) return;
    this.#take(task);
    this.#sayActive();
  }

  #take(task: TaskSnapshot): void {
    // The run of a workflow speaks for its nodes.
    if (isNodeTask(task)) return;
    const { id, status, createdAt } = task;
    if (!isTerminal(status)) {
      if (!this.#ended.has(id)) this.#active.set(id, task);
      return;
    }
    const wasActive = this.#active.delete(id);
    // The server's own clock says what is new, so a wrong clock here does not matter.
    const isNew = this.#knownUntil !== undefined && createdAt > this.#knownUntil;
    if (this.#ended.has(id) || !(wasActive || isNew)) return;
    this.#ended.add(id);
    safely(() => this.#handlers.onEnd(task));
  }

  #sayActive(): void {
    safely(() => this.#handlers.onActive([...this.#active.values()]));
  }
}

function parseAll(listed: readonly unknown[]): TaskSnapshot[] {
  return listed.flatMap((task) => parseTask(task) ?? []);
}

/** The time at which the first task of a list was created: the list has the newest first. */
function newestOf(listed: readonly unknown[] = []): string {
  return parseTask(listed[0])?.createdAt ?? '';
}
