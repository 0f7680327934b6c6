/** Knows the tasks of a workflow's nodes: it lists them by the tag of the run, and then watches. It polls where it has to. */
import type { ConnectionState, SystemClient, TaskStream } from '../../client/SystemClient.ts';
import { NODE_TAG, RUN_TAG, type TaskSnapshot } from '../../contract/index.ts';
import { readPage } from '../../parts/readPage.ts';
import { readTask } from '../../parts/readTask.ts';

/** The server gives so many tasks at once at most. */
const PAGE = 200;
/** A run has at most 2,000 nodes; a task of a node that was started again by hand has the same tags. */
const MAX_PAGES = 20;
/** A list that failed is read again after so long, doubled with each failure in a row. */
const RETRY_MS = 2_000;
const LONGEST_MS = 60_000;
/** The list is read again this often where nothing can be watched. */
const POLL_MS = 2_000;

export interface NodeTasksOptions {
  system: SystemClient;
  runId: string;
  /** A node has another task, or its task has changed. */
  onNode(key: string): void;
  /** Everything was read, or the connection has changed. */
  onState(): void;
}

export class NodeTasks {
  /** The newest task of each node, by its key. It is changed in place. */
  readonly tasks = new Map<string, TaskSnapshot>();
  connection: ConnectionState = { state: 'connecting' };
  /** True once the list has been read to its end, or could not be read. */
  isRead = false;
  readonly #options: NodeTasksOptions;
  /** Tasks are deleted by their ids. */
  readonly #keys = new Map<string, string>();
  #stream: TaskStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isReading = false;
  #isStale = false;
  #isPolling = false;
  #isRunOver = false;
  #isOver = true;

  constructor(options: NodeTasksOptions) {
    this.#options = options;
  }

  open(): void {
    this.#isOver = false;
    void this.#read();
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = undefined;
  }

  /** The run has ended: what its nodes' tasks are now is read once more, and then nothing is polled. */
  runEnded(): void {
    if (this.#isRunOver) return;
    this.#isRunOver = true;
    if (!this.#isOver) void this.#read();
  }

  async #read(): Promise<void> {
    const { system, runId } = this.#options;
    if (this.#isOver) return;
    if (!system.listTasks) {
      this.isRead = true;
      this.#setConnection({ state: 'closed' });
      return;
    }
    if (this.#isReading) {
      this.#isStale = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#isStale = false;
    try {
      let cursor: string | undefined;
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const query = { tag: `${RUN_TAG}${runId}`, limit: PAGE, ...(cursor !== undefined && { cursor }) };
        const page = readPage(await system.listTasks(query));
        if (this.#isOver) return;
        if (pages === 0) this.#watch(page.watchCursor);
        for (const task of page.tasks) this.#take(task);
        if (page.nextCursor === undefined || page.nextCursor === cursor) break;
        cursor = page.nextCursor;
      }
      this.#failures = 0;
      this.isRead = true;
      this.#setConnection(this.#isPolling ? { state: 'polling' } : this.connection);
      if (this.#isPolling && !this.#isRunOver) this.#later(POLL_MS);
    } catch (thrown) {
      if (this.#isOver) return;
      this.#failed(thrown);
    } finally {
      this.#isReading = false;
    }
    if (this.#isStale) void this.#read();
  }

  #failed(thrown: unknown): void {
    this.#failures += 1;
    const wait = Math.min(LONGEST_MS, RETRY_MS * 2 ** (this.#failures - 1));
    this.#later(wait);
    this.isRead = true;
    // A watch that is live says itself when it is not.
    if (this.#stream) return;
    this.#setConnection({
      state: 'reconnecting',
      attempt: this.#failures,
      retryAt: Date.now() + wait,
      reason: thrown instanceof Error ? thrown.message : 'The list of tasks failed',
    });
  }

  /** A hidden page asks for nothing, and asks when it is seen again. */
  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (document.hidden) this.#later(ms);
      else void this.#read();
    }, ms);
  }

  #watch(after: string | undefined): void {
    if (this.#stream || this.#isPolling) return;
    const { system, runId } = this.#options;
    if (!system.watchTasks || after === undefined) {
      this.#isPolling = true;
      return;
    }
    /** A host's own client may call a handler after it was closed. */
    const now = (what: () => void) => {
      if (!this.#isOver) what();
    };
    this.#stream = system.watchTasks(
      { tag: `${RUN_TAG}${runId}` },
      {
        onTask: (given) =>
          now(() => {
            const task = readTask(given);
            if (task) this.#take(task);
          }),
        onGone: (id) => now(() => this.#drop(id)),
        onReset: () => now(() => void this.#read()),
        onConnection: (connection) => now(() => this.#setConnection(connection)),
        onError: () =>
          now(() => {
            this.#stream?.close();
            this.#stream = undefined;
            this.#isPolling = true;
            this.#setConnection({ state: 'polling' });
            if (!this.#isRunOver) this.#later(POLL_MS);
          }),
      },
      { after },
    );
  }

  #setConnection(connection: ConnectionState): void {
    this.connection = connection;
    this.#options.onState();
  }

  #take(task: TaskSnapshot): void {
    const { runId, onNode } = this.#options;
    // A host's own client may list more than it was asked for.
    if (!task.tags.includes(`${RUN_TAG}${runId}`)) return;
    const key = task.tags.find((tag) => tag.startsWith(NODE_TAG))?.slice(NODE_TAG.length);
    if (key === undefined) return;
    const known = this.tasks.get(key);
    if (known && (known.id === task.id ? known.seq >= task.seq : known.createdAt > task.createdAt)) return;
    this.tasks.set(key, task);
    this.#keys.set(task.id, key);
    onNode(key);
  }

  #drop(id: string): void {
    const key = this.#keys.get(id);
    if (key === undefined || this.tasks.get(key)?.id !== id) return;
    this.#keys.delete(id);
    this.tasks.delete(key);
    this.#options.onNode(key);
  }
}
