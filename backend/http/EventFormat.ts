import type { LoggedEvent } from '../tasks/LoggedEvent.ts';
import type { LoggedWatchEvent } from '../tasks/watch/LoggedWatchEvent.ts';

/**
 * A protocol describes here how it writes task events into a response. The event stream, the hosts and the fault
 * scenarios read it, so none of them knows a protocol's frames.
 *
 * @example
 * const NDJSON: EventFormat = {
 *   contentType: 'application/x-ndjson',
 *   frameEnd: '\n',
 *   keepAlive: '\n',
 *   encode: ({ type, seq }) => `${JSON.stringify({ type, seq })}\n`,
 * };
 */
export interface EventFormat {
  /** The response's Content-Type, without parameters. */
  readonly contentType: string;
  /** Ends each frame, and occurs nowhere else in one. */
  readonly frameEnd: string;
  /** A whole frame that clients ignore. The server sends it first, and when nothing was sent for 15 s. */
  readonly keepAlive: string;
  /**
   * One event as one whole frame, or undefined where clients of this protocol do not get the event. It is called once
   * for an event, however many clients follow the task. `event.json` is the event as JSON, and costs nothing where the
   * event came as text. `event.event` is the event as an object.
   */
  encode(event: LoggedEvent): string | undefined;
  /** The same for an event of a watch. Without this method clients of the protocol get none. */
  encodeWatch?(event: LoggedWatchEvent): string | undefined;
}

const sse = (head: (event: LoggedEvent) => string): EventFormat => ({
  contentType: 'text/event-stream',
  frameEnd: '\n\n',
  keepAlive: ':\n\n',
  encode: (event) => `${head(event)}data: ${event.json}\n\n`,
});

/** Server-sent events of one task: `event:` is the type, `id:` the sequence number, `data:` the TaskEvent as JSON. */
export const SERVER_SENT_EVENTS = sse(({ type, seq }) => `event: ${type}\nid: ${seq}\n`);

/**
 * Server-sent events of many tasks, and of a watch: without `id:`, because one number is no cursor for all of them. The
 * events of a watch have their cursor in the data.
 */
export const SERVER_SENT_EVENTS_WITHOUT_IDS: EventFormat = {
  ...sse(({ type }) => `event: ${type}\n`),
  encodeWatch: ({ type, json }) => `event: ${type}\ndata: ${json}\n\n`,
};
