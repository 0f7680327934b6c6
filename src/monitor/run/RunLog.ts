/** Fills the log of a run: from the server's pages where it has them, and else from what the stream brings. */
import type { SystemClient } from '../../client/SystemClient.ts';
import { safely } from '../../client/safely.ts';
import type { TaskLogEntry } from '../../client/taskStore.ts';
import type { LogBuffer } from './LogBuffer.ts';

type ListLog = NonNullable<SystemClient['listLog']>;

/** The server gives so many lines at most. */
const PAGE = 1_000;
/** Lines that come quickly are read together, after so many milliseconds. */
const TOGETHER_MS = 250;

/**
 * The stream of a task brings only the lines that come while somebody follows it. The pages of the log bring those from
 * before as well, also of a task that ended long ago. So the pages are read, and a line of the stream says that there is
 * more to read. Where the pages cannot be read, the lines of the stream are the log.
 *
 * @example
 * const lines = new RunLog({ system, taskId, buffer, signal });
 * lines.open();
 * system.streamTaskProgress(taskId, { onLog: (entry) => lines.take(entry) });
 */
export class RunLog {
  readonly #list: ListLog | undefined;
  readonly #taskId: string;
  readonly #buffer: LogBuffer;
  readonly #signal: AbortSignal;
  /** Lines of the stream, as long as nobody knows whether there are pages. */
  #held: TaskLogEntry[] = [];
  #state: 'asking' | 'pages' | 'stream';
  #cursor: string | undefined;
  #reading = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({
    system,
    taskId,
    buffer,
    signal,
  }: {
    system: SystemClient;
    taskId: string;
    buffer: LogBuffer;
    signal: AbortSignal;
  }) {
    this.#list =
      system.listLog && ((...call) => system.listLog?.(...call) ?? Promise.reject(new Error('gone')));
    this.#state = this.#list ? 'asking' : 'stream';
    this.#taskId = taskId;
    this.#buffer = buffer;
    this.#signal = signal;
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
  }

  /** Reads the log from its beginning. */
  open(): void {
    this.#buffer.clear();
    void this.#read();
  }

  /** A line of the stream. */
  take(entry: TaskLogEntry): void {
    if (this.#state === 'stream') this.#buffer.append([entry]);
    else {
      if (this.#state === 'asking') this.#held.push(entry);
      this.more();
    }
  }

  /** There may be more to read: after a line of the stream, and after the end of the task. */
  more(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#read();
    }, TOGETHER_MS);
  }

  async #read(): Promise<void> {
    if (!this.#list || this.#state === 'stream') return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      for (let hasMore = true; hasMore && !this.#signal.aborted; ) {
        const after = this.#cursor;
        const page = await this.#list(
          this.#taskId,
          { limit: PAGE, ...(after !== undefined && { after }) },
          { signal: this.#signal },
        );
        if (this.#signal.aborted) return;
        this.#state = 'pages';
        this.#held = [];
        this.#buffer.append(page.lines);
        // A page that does not go on would be read for ever.
        hasMore = page.hasMore && page.cursor !== after;
        this.#cursor = page.cursor;
      }
    } catch {
      // A server that is too old for pages, or that cannot be reached: the next line of the stream asks again.
      if (this.#state === 'asking' && !this.#signal.aborted) {
        this.#state = 'stream';
        safely(() => this.#buffer.append(this.#held));
        this.#held = [];
      }
    } finally {
      this.#reading = false;
      if (this.#again) {
        this.#again = false;
        this.more();
      }
    }
  }
}
