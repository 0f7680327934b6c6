import type { Answered } from '../http/createServerApp.ts';

/** Told of what the HTTP side does; `createMetrics` makes one. */
export interface HttpObserver {
  /** Call it once the head of the answer is known: how long a stream is open is not how long a request takes. */
  requestEnded(answered: Answered): void;
  /** From now on lrt_streams_open is what this says. */
  countStreams(streamsOpen: () => number): void;
}
