import { onTestFinished } from 'vitest';
import {
  type ConnectionState,
  type EventStream,
  type EventStreamOptions,
  openEventStream,
  type StreamEvent,
  type TaskClientError,
} from '../../../src/client/index.ts';

/** Everything that an event stream reported to its user. */
export interface Reported {
  readonly stream: EventStream;
  readonly events: StreamEvent[];
  readonly errors: TaskClientError[];
  /** Data of events, names of connection states and codes of errors, in the order they came. */
  readonly log: string[];
  /** What each 'reconnecting' said: how long until the next try, in milliseconds, and why. */
  readonly pauses: number[];
  readonly reasons: string[];
}

/** Follows an event stream until the test ends. The handlers given are called after it is noted. */
export function followStream(url: string, options: Partial<EventStreamOptions> = {}): Reported {
  const reported: Omit<Reported, 'stream'> = { events: [], errors: [], log: [], pauses: [], reasons: [] };
  const stream = openEventStream(url, {
    ...options,
    onEvent(event) {
      reported.events.push(event);
      reported.log.push(event.data);
      options.onEvent?.(event);
    },
    onConnection(state: ConnectionState) {
      reported.log.push(state.state);
      if (state.state === 'reconnecting') {
        reported.pauses.push(state.retryAt - Date.now());
        reported.reasons.push(state.reason);
      }
      options.onConnection?.(state);
    },
    onError(error) {
      reported.errors.push(error);
      reported.log.push(error.code);
      options.onError?.(error);
    },
  });
  onTestFinished(() => stream.close());
  return Object.assign(reported, { stream });
}
