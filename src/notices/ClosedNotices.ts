// Lets the tabs of an application know which notices the user has closed, so that nobody closes one twice.
import { safely } from '../client/safely.ts';
import { isRecord, type TaskSnapshot } from '../contract/index.ts';

const CHANNEL = 'lrt-plugin:notices';
/** A tab knows so many closed notices, the newest ones. A slower tab may hear of the end of a task after they were closed. */
const MOST = 100;
/** A message with a longer key comes from a script that is not ours. */
const LONGEST_KEY = 1_000;

/**
 * Sends to the other tabs of the same origin which notices the user has closed here, and hears which ones they closed there.
 * Where the browser has no BroadcastChannel, each tab keeps its own.
 *
 * @example
 * const closed = new ClosedNotices((key) => hide(key));
 * closed.close(task);
 * closed.dispose();
 */
export class ClosedNotices {
  readonly #closed = new Set<string>();
  readonly #channel = openChannel();

  constructor(onClosed: (key: string) => void) {
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const key = isRecord(data) && data.type === 'closed' ? data.key : undefined;
      if (typeof key !== 'string' || key.length > LONGEST_KEY) return;
      this.#remember(key);
      safely(() => onClosed(key));
    };
  }

  /** The user has closed the notice of this task here. */
  close(task: TaskSnapshot): void {
    const key = noticeKey(task);
    this.#remember(key);
    safely(() => this.#channel?.postMessage({ type: 'closed', key }));
  }

  /** True where the user has closed the notice of this task in any tab. */
  has(task: TaskSnapshot): boolean {
    return this.#closed.has(noticeKey(task));
  }

  dispose(): void {
    this.#channel?.close();
  }

  #remember(key: string): void {
    this.#closed.delete(key);
    this.#closed.add(key);
    const [oldest] = this.#closed;
    if (this.#closed.size > MOST && oldest !== undefined) this.#closed.delete(oldest);
  }
}

/** A task that runs again ends again, and servers that count their tasks may have the same ids. */
export const noticeKey = ({ id, createdAt, attempt }: TaskSnapshot): string =>
  JSON.stringify([id, createdAt, attempt]);

/** Undefined where the browser has none, or refuses it to this page. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return undefined;
  }
}
