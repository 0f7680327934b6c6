import type { ConnectionState, SystemClient, TaskStream } from '../client/SystemClient.ts';
import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { TaskFilter, TaskPage, TaskSnapshot } from '../contract/index.ts';
import { readPage } from '../parts/readPage.ts';
import { readTask } from '../parts/readTask.ts';
import type { TaskBook } from './TaskBook.ts';
import { isRefusalOfNodes, withoutNodes } from './withoutNodes.ts';

/** The server gives so many tasks at once at most. */
const PAGE = 200;
/** So many pages of active tasks are read: 10,000 tasks. */
const MAX_PAGES = 50;
/** A list that failed is read again after so long, doubled with each failure in a row. */
const RETRY_MS = 3_000;
const LONGEST_MS = 60_000;
/** The list is read again this often where nothing can be watched. */
const POLL_MS = 3_000;
/** Where the client cannot ask for the places of waiting tasks alone, the list is read again for them, this often a page. */
const PLACES_MS = 10_000;

/** The state of the store, for a component. It is another object whenever something of it has changed. */
export interface MonitorState {
  /** 'failed': there is no list, and `error` says why. It is tried again. */
  status: 'loading' | 'ready' | 'failed' | 'unavailable';
  error?: Failure | undefined;
  connection: ConnectionState;
  /** The local clock, a second apart: Unix time in milliseconds. */
  nowMs: number;
  /** Counts the changes of which tasks there are and in which state they are. Progress alone does not count. */
  structure: number;
  /** True if the server has older tasks that ended. */
  hasOlder: boolean;
  isReadingOlder: boolean;
}

export interface TaskReaderOptions {
  system: SystemClient;
  filter: TaskFilter;
  /** It reads one page of active tasks, and none that ended. */
  activeOnly: boolean;
  book: TaskBook;
  getState(): MonitorState;
  set(change: Partial<MonitorState>): void;
  /** There was news, or all is as the list says. */
  heard(): void;
}

/** Reads the lists of a client into a book, and then watches, for the store of the monitor. It polls where it has to. */
export class TaskReader {
  readonly #options: TaskReaderOptions;
  readonly #system: SystemClient;
  readonly #book: TaskBook;
  #stream: TaskStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isReading = false;
  #isStale = false;
  #isOver = false;
  #isPolling = false;
  #olderCursor: string | undefined;
  #filter: TaskFilter;

  constructor(options: TaskReaderOptions) {
    this.#options = options;
    this.#filter = withoutNodes(options.filter);
    this.#system = options.system;
    this.#book = options.book;
  }

  start(): void {
    this.#isOver = false;
    void this.read();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
    this.#stream?.close();
    this.#stream = undefined;
  }

  /** Reads the next page of tasks that ended. */
  async readOlder(): Promise<void> {
    const cursor = this.#olderCursor;
    if (cursor === undefined || this.#options.getState().isReadingOlder || this.#isOver) return;
    this.#options.set({ isReadingOlder: true });
    try {
      const page = await this.#list({ status: 'finished', cursor });
      if (this.#isOver) return;
      this.#olderCursor = page.nextCursor === cursor ? undefined : page.nextCursor;
      for (const task of page.tasks) this.#book.put(task, true);
    } catch (thrown) {
      // The list that is there stays. Scrolling on asks again.
      this.#options.set({ error: toTaskError(thrown) });
    }
    this.#options.set({ isReadingOlder: false, hasOlder: this.#olderCursor !== undefined });
  }

  async #list(query: { status: 'active' | 'finished'; cursor?: string | undefined }): Promise<TaskPage> {
    const { cursor, status } = query;
    const page = { status, limit: PAGE, ...(cursor !== undefined && { cursor }) };
    try {
      return readPage(await this.#system.listTasks?.({ ...this.#filter, ...page }));
    } catch (thrown) {
      if (!isRefusalOfNodes(thrown)) throw thrown;
      this.#filter = this.#options.filter;
      return readPage(await this.#system.listTasks?.({ ...this.#filter, ...page }));
    }
  }

  /** Reads the active tasks, and the first page of those that ended. While it does, another wish to read is kept. */
  async read(): Promise<void> {
    if (!this.#system.listTasks || this.#isOver) return;
    if (this.#isReading) {
      this.#isStale = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#isStale = false;
    this.#book.beginList();
    const seen = new Set<string>();
    const see = ({ tasks }: TaskPage) => {
      for (const task of tasks) {
        seen.add(task.id);
        this.#book.put(task, true);
      }
    };
    let pages = 0;
    try {
      for (let cursor: string | undefined; pages < (this.#options.activeOnly ? 1 : MAX_PAGES); ) {
        const page = await this.#list({ status: 'active', cursor });
        if (this.#isOver) return;
        if (pages === 0) this.#watch(page.watchCursor);
        pages += 1;
        see(page);
        if (page.nextCursor === undefined || page.nextCursor === cursor) break;
        cursor = page.nextCursor;
      }
      if (!this.#options.activeOnly) {
        const ended = await this.#list({ status: 'finished' });
        if (this.#isOver) return;
        see(ended);
        if (this.#options.getState().status !== 'ready') this.#olderCursor = ended.nextCursor;
      }
      this.#book.endList(seen);
      this.#failures = 0;
      this.#options.set({ status: 'ready', error: undefined, hasOlder: this.#olderCursor !== undefined });
      this.#heard();
      this.#schedule(pages);
    } catch (thrown) {
      if (this.#isOver) return;
      this.#failed(thrown);
    } finally {
      this.#isReading = false;
    }
    if (this.#isStale) void this.read();
  }

  #failed(thrown: unknown): void {
    this.#failures += 1;
    const wait = Math.min(LONGEST_MS, RETRY_MS * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => void this.read(), wait);
    const error = toTaskError(thrown);
    // A list that is there stays: the connection says that it is old.
    if (this.#options.getState().status !== 'ready') {
      this.#options.set({ status: 'failed', error, connection: { state: 'closed' } });
      return;
    }
    const retryAt = Date.now() + wait;
    const connection = {
      state: 'reconnecting',
      attempt: this.#failures,
      retryAt,
      reason: error.message,
    } as const;
    this.#options.set({ error, ...(this.#isPolling && { connection }) });
  }

  /** Reads again in a while, where that is the only way to learn something. */
  #schedule(pages = 1): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
    const again = () => {
      if (document.hidden) this.#again = setTimeout(again, POLL_MS);
      else void this.read();
    };
    if (this.#isPolling) this.#again = setTimeout(again, POLL_MS);
    else if (!this.#system.waitingTasks && [...this.#book.tasks.values()].some(isQueued))
      this.#again = setTimeout(again, PLACES_MS * pages);
  }

  #watch(after: string | undefined): void {
    if (this.#stream || this.#isPolling) return;
    if (!this.#system.watchTasks || after === undefined) {
      this.#poll();
      return;
    }
    const ifOn = (run: () => void) => {
      if (!this.#isOver) run();
    };
    this.#stream = this.#system.watchTasks(
      this.#filter,
      {
        onTask: (task) =>
          ifOn(() => {
            this.#heard();
            const read = readTask(task);
            if (read) this.#book.put(read, false);
          }),
        onGone: (id) =>
          ifOn(() => {
            this.#heard();
            this.#book.drop(id);
          }),
        onReset: () => ifOn(() => void this.read()),
        onConnection: (connection) =>
          ifOn(() => {
            if (connection.state === 'live' && this.#options.getState().connection.state !== 'live') {
              this.#book.isLive();
              this.#heard();
            }
            this.#options.set({ connection });
          }),
        onError: () => ifOn(() => this.#poll()),
      },
      { after },
    );
  }

  #poll(): void {
    this.#isPolling = true;
    this.#stream?.close();
    this.#stream = undefined;
    this.#options.set({ connection: { state: 'polling' } });
    this.#schedule();
  }

  #heard(): void {
    this.#options.heard();
    if (this.#isPolling && this.#options.getState().connection.state !== 'polling')
      this.#options.set({ connection: { state: 'polling' } });
  }
}

const isQueued = ({ status }: TaskSnapshot) => status === 'queued';
