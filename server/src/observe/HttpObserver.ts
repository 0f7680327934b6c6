import type { Answered } from '../http/createServerApp.ts';

/** The HTTP side reports its requests and streams to an observer; `createMetrics` makes one. */
export interface HttpObserver {
  /**
   * The server calls it once the head of the response is known. The time that a stream stays open is not the time of
   * a request.
   */
  requestEnded(answered: Answered): void;
  /** From now on lrt_streams_open is what `count` returns. */
  countStreams(streamsOpen: () => number): void;
}
