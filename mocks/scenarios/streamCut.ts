import { relayStreams } from './relay.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * Every event stream is cut `everyMs` after it was opened. 'reset' breaks it as a lost connection does; 'eof' ends it
 * cleanly, as a proxy that restarts does. Neither means that the task has ended.
 *
 * @example
 * const backend = await createMockBackend({ scenario: streamCut({ everyMs: 750, how: 'eof' }) });
 */
export function streamCut(options: { everyMs: number; how: 'reset' | 'eof' }): Scenario {
  const { everyMs, how } = options;
  checkNumber('streamCut', 'everyMs', everyMs, 1);
  return {
    name: `streamCut-${how}`,
    wrapFetch: (next, context) =>
      relayStreams(next, context, (controls) => {
        const { signal } = context;
        const timer = setTimeout(how === 'eof' ? controls.close : controls.reset, everyMs);
        const spare = () => clearTimeout(timer);
        signal.addEventListener('abort', spare);
        if (signal.aborted) spare();
        return {
          piece: (bytes) => [bytes],
          ended() {
            spare();
            signal.removeEventListener('abort', spare);
          },
        };
      }),
  };
}
