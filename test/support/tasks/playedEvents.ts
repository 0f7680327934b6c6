import type { EventReader } from '../../../backend/tasks/EventReader.ts';
import { readLazily } from '../../../backend/tasks/LazyEventReader.ts';
import { LoggedEvent } from '../../../backend/tasks/LoggedEvent.ts';
import type { TaskEvent } from '../../../src/contract/index.ts';

/** What an engine would give its reader, as the test says. */
export interface PlayedEvents {
  events: EventReader;
  play(...events: TaskEvent[]): void;
  end(): void;
  /** After those that were played. */
  fail(error: unknown): void;
  /** How many were taken. */
  readonly taken: number;
  readonly isClosed: boolean;
}

export function playedEvents(...given: TaskEvent[]): PlayedEvents {
  const waiting = [...given];
  let taken = 0;
  let isClosed = false;
  let hasEnded = false;
  let failure: { error: unknown } | undefined;
  const source = {
    onReadable: undefined as (() => void) | undefined,
    get over() {
      return isClosed || (hasEnded && waiting.length === 0);
    },
    take() {
      const event = waiting.shift();
      if (event) taken += 1;
      else if (failure) throw failure.error;
      return event && LoggedEvent.of(event);
    },
    close() {
      isClosed = true;
    },
  };
  return {
    events: readLazily(async () => source),
    play(...events) {
      waiting.push(...events);
      source.onReadable?.();
    },
    end() {
      hasEnded = true;
      source.onReadable?.();
    },
    fail(error) {
      failure = { error };
      source.onReadable?.();
    },
    get taken() {
      return taken;
    },
    get isClosed() {
      return isClosed;
    },
  };
}

export function logEvent(seq: number, message = 'm'): TaskEvent {
  return {
    taskId: 't',
    seq,
    at: '2026-01-01T00:00:00Z',
    attempt: 1,
    type: 'log',
    level: 'info',
    message,
  };
}
