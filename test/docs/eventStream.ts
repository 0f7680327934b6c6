import { type ConnectionState, openEventStream, type StreamEvent } from 'lrt-plugin/client';

export function follow(url: string, onEvent: (event: StreamEvent) => void) {
  const states: ConnectionState[] = [];
  const stream = openEventStream(url, {
    lastEventId: '41', // go on after this one
    cursorParam: 'after', // and say so in the address too: ?after=41
    isTerminal: (event) => event.event === 'succeeded', // the stream is over: close, do not reconnect
    onEvent, // { event, data, id }
    onConnection: (state) => states.push(state),
    onError: (error) => states.push({ state: 'reconnecting', attempt: 0, retryAt: 0, reason: error.message }),
  });
  return { states, close: () => stream.close() };
}
