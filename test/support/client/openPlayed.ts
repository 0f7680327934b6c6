import { afterEach, beforeEach, expect, vi } from 'vitest';
import {
  type ConnectionState,
  type EventStreamOptions,
  openEventStream,
  type StreamEvent,
  type TaskClientError,
} from '../../../src/client/index.ts';

export const ADDRESS = 'http://stream.test/events';

/** Fakes time for each test of a file, without the random part of the pauses; no timer may be left behind. */
export function fakeTimeInEachTest(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    expect(vi.getTimerCount(), 'timers left behind').toBe(0);
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

/** Lets everything happen that needs no time. */
export const settle = () => vi.advanceTimersByTimeAsync(0);

export function openPlayed(played: { fetch: typeof fetch }, options: Partial<EventStreamOptions> = {}) {
  const events: StreamEvent[] = [];
  const states: ConnectionState[] = [];
  const errors: TaskClientError[] = [];
  const stream = openEventStream(ADDRESS, {
    fetch: played.fetch,
    onEvent: (event) => events.push(event),
    onConnection: (state) => states.push(state),
    onError: (error) => errors.push(error),
    ...options,
  });
  return { stream, events, states, errors };
}

export const names = (states: ConnectionState[]) => states.map(({ state }) => state);

/** Milliseconds until the next try, as it was told. */
export function delayOf(states: ConnectionState[]): number {
  const last = states.findLast((state) => state.state === 'reconnecting');
  return last?.state === 'reconnecting' ? last.retryAt - Date.now() : Number.NaN;
}
