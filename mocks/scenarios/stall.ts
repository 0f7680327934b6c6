import { relayStreams } from './relay.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * Every event stream falls silent `afterMs` after it was opened. It stays open, and the server sends no more bytes, not
 * even keep-alive frames. Switching the scenario off ends the silent streams.
 *
 * @example
 * const backend = await createMockBackend({ scenario: stall({ afterMs: 2_000 }) });
 */
export function stall(options: { afterMs: number }): Scenario {
  checkNumber('stall', 'afterMs', options.afterMs, 0);
  return {
    name: 'stall',
    wrapFetch: (next, context) =>
      relayStreams(next, context, (controls) => {
        const { signal } = context;
        let silent = false;
        const timer = setTimeout(() => {
          silent = true;
        }, options.afterMs);
        const release = () => {
          clearTimeout(timer);
          // This stream lacks the bytes that were dropped. The client has to open a new one.
          if (silent) controls.close();
        };
        signal.addEventListener('abort', release);
        if (signal.aborted) release();
        return {
          piece: (bytes) => (silent ? [] : [bytes]),
          holdOpen: () => silent,
          ended() {
            clearTimeout(timer);
            signal.removeEventListener('abort', release);
          },
        };
      }),
  };
}
