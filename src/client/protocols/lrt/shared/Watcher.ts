import { fitsStatus, isRecord, type TaskFilter, type TaskSnapshot } from '../../../../contract/index.ts';
import type { Connection } from '../../../http.ts';
import type { ConnectionState, WatchHandlers } from '../../../SystemClient.ts';
import { safely } from '../../../safely.ts';
import { object, oneOf, optional, parse, taskSnapshot, text } from '../../../shapes.ts';
import { TaskClientError } from '../../../TaskClientError.ts';
import type { LeaderMessage, Place, WantedWatch } from './messages.ts';

const watching = object<{ cursor: string; reset?: boolean }>({
  cursor: text,
  reset: optional(oneOf(true, false)),
});
const changed = object<{ cursor: string; task: TaskSnapshot }>({ cursor: text, task: taskSnapshot });
const gone = object<{ cursor: string; taskId: string; task?: TaskSnapshot }>({
  cursor: text,
  taskId: text,
  task: optional(taskSnapshot),
});

/** Reads the first event of a watch. Throws where it cannot be read. */
export const readWatching = (data: string): { cursor: string; reset?: boolean } => parse(watching, data);

/** The cursor of an event of a watch; '' where it has none. */
export function cursorOf(data: string): string {
  const event: unknown = JSON.parse(data);
  return isRecord(event) && typeof event.cursor === 'string' ? event.cursor : '';
}

let count = 0;

/**
 * One watch in this page. Watches that differ in nothing but `status` share a watch of the server: each watcher looks at
 * the status itself. The other fields are the server's to judge.
 */
export class Watcher {
  readonly number = --count;
  readonly connection: Connection;
  /** The filter of the server's watch, as JSON: the same for all watches that share it. */
  readonly filter: string;
  readonly #status: TaskFilter['status'];
  readonly #handlers: WatchHandlers;
  #after: string;
  /** The place of the last event that the watcher was given. Undefined: it was given none. */
  #place: Place | undefined;
  #servedBy: number | undefined;
  #state = '';

  constructor({ status, ...rest }: TaskFilter, after = '', connection: Connection, handlers: WatchHandlers) {
    this.#status = status;
    const fields = Object.entries(rest).filter(([, value]) => value !== undefined);
    this.filter = JSON.stringify(Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1))));
    this.#after = after;
    this.connection = connection;
    this.#handlers = handlers;
  }

  get wanted(): WantedWatch {
    const [term, index] = this.#place ?? [0, 0];
    return [this.number, this.filter, this.#after, term, index];
  }

  /** A connection brings the watch from a place on. The list is stale where that place is later than the watcher's own. */
  locate({ stream, after, place, cursor, term, index, isReset }: WatchingMessage): void {
    if (stream === this.#servedBy) return;
    const isContinuous = this.#place
      ? comparePlaces(place, this.#place) <= 0
      : this.#after === '' || this.#after === after;
    this.#servedBy = stream;
    this.#move(cursor, [term, index]);
    this.show({ state: 'live' });
    if (isReset || !isContinuous) safely(() => this.#handlers.onReset?.());
  }

  /** Takes an event of connection `stream`. False: it cannot be read. */
  take(stream: number, event: string, data: string, place: Place): boolean {
    if (stream !== this.#servedBy) return true;
    try {
      if (event === 'task') {
        const { cursor, task } = parse(changed, data);
        this.#move(cursor, place);
        safely(() => (this.#fits(task) ? this.#handlers.onTask(task) : this.#handlers.onGone(task.id, task)));
      } else if (event === 'gone') {
        const { cursor, taskId, task } = parse(gone, data);
        this.#move(cursor, place);
        safely(() => this.#handlers.onGone(taskId, task));
      }
      return true;
    } catch {
      return false;
    }
  }

  #fits({ status }: TaskSnapshot): boolean {
    return fitsStatus(status, this.#status);
  }

  #move(cursor: string, place: Place): void {
    this.#place = place;
    if (cursor === this.#after) return;
    this.#after = cursor;
    safely(() => this.#handlers.onCursor?.(cursor));
  }

  /** No connection is known to bring what follows. */
  dismiss(): void {
    this.#servedBy = undefined;
  }

  show(state: ConnectionState): void {
    if (state.state === 'live' && this.#servedBy === undefined) return;
    const text = JSON.stringify(state);
    if (text === this.#state) return;
    this.#state = text;
    safely(() => this.#handlers.onConnection?.(state));
  }

  fail(error: ConstructorParameters<typeof TaskClientError>[0]): void {
    safely(() => this.#handlers.onError?.(new TaskClientError(error)));
    this.show({ state: 'closed' });
  }

  goAlone(): void {
    this.fail({
      code: 'unavailable',
      message: 'The shared stream does not work here: poll the list instead',
    });
  }
}

type WatchingMessage = Extract<LeaderMessage, { type: 'watching' }>;

/** Below 0 where `a` comes before `b`. */
export function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1];
}
