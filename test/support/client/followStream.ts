import { onTestFinished } from 'vitest';
import {
  type ConnectionState,
  type EventStream,
  type EventStreamOptions,
  openEventStream,
  type StreamEvent,
  type TaskClientError,
} from '../../../src/client/index.ts';

/** What the user of an event stream is told. */
export interface Told {
  readonly stream: EventStream;
  readonly events: StreamEvent[];
  readonly errors: TaskClientError[];
  /** Data of events, names of connection states and codes of errors, in the order they were told. */
  readonly log: string[];
  /** What each 'reconnecting' said: how long until the next try, in milliseconds, and why. */
  readonly pauses: number[];
  readonly reasons: string[];
}

/** Follows an event stream until the test ends. The handlers given are called after what was told is noted. */
export function followStream(url: string, options: Partial<EventStreamOptions> = {}): Told {
  const told: Omit<Told, 'stream'> = { events: [], errors: [], log: [], pauses: [], reasons: [] };
  const stream = openEventStream(url, {
    ...options,
    onEvent(event) {
      told.events.push(event);
      told.log.push(event.data);
      options.onEvent?.(event);
    },
    onConnection(state: ConnectionState) {
      told.log.push(state.state);
      if (state.state === 'reconnecting') {
        told.pauses.push(state.retryAt - Date.now());
        told.reasons.push(state.reason);
      }
      options.onConnection?.(state);
    },
    onError(error) {
      told.errors.push(error);
      told.log.push(error.code);
      options.onError?.(error);
    },
  });
  onTestFinished(() => stream.close());
  return Object.assign(told, { stream });
}
