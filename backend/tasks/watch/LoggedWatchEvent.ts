import type { TaskSnapshot, WatchEvent } from '../../../src/contract/index.ts';
import type { Json } from '../../common/JsonText.ts';

/**
 * One event of a watch, for readers and protocols. Like a LoggedEvent it is one object for all who read it, so that each
 * protocol encodes it once, however many watch.
 *
 * @example
 * const frame = `event: ${logged.type}\ndata: ${logged.json}\n\n`;
 */
export class LoggedWatchEvent {
  readonly type: WatchEvent['type'];
  /** The event as JSON. */
  readonly json: string;

  private constructor(type: WatchEvent['type'], json: string) {
    this.type = type;
    this.json = json;
  }

  static watching(cursor: string, reset: boolean): LoggedWatchEvent {
    return LoggedWatchEvent.#of({ cursor, type: 'watching', ...(reset && { reset }) });
  }

  static task(cursor: string, { text }: Json<TaskSnapshot>): LoggedWatchEvent {
    return new LoggedWatchEvent('task', `{"cursor":${JSON.stringify(cursor)},"type":"task","task":${text}}`);
  }

  /** `task`: as it is now; undefined: it was deleted. */
  static gone(cursor: string, taskId: string, task: Json<TaskSnapshot> | undefined): LoggedWatchEvent {
    const gone = LoggedWatchEvent.#of({ cursor, type: 'gone', taskId });
    return task ? new LoggedWatchEvent('gone', `${gone.json.slice(0, -1)},"task":${task.text}}`) : gone;
  }

  /** The event. Each call parses it. */
  get event(): WatchEvent {
    return JSON.parse(this.json);
  }

  static #of(event: WatchEvent): LoggedWatchEvent {
    return new LoggedWatchEvent(event.type, JSON.stringify(event));
  }
}
