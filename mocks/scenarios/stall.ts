import { relay } from './relay.ts';
import { checkNumber, isEventStream } from './requests.ts';
import type { Scenario } from './Scenario.ts';

/**
 * Every event stream falls silent `afterMs` after it was opened: it stays open, and not a byte comes any more, not
 * even the keep-alive comments. Switching the scenario off ends the silent streams.
 */
export function stall(options: { afterMs: number }): Scenario {
  checkNumber('stall', 'afterMs', options.afterMs, 0);
  return {
    name: 'stall',
    wrapFetch:
      (next, { signal }) =>
      async (request) => {
        const response = await next(request);
        if (!isEventStream(response)) return response;
        return relay(response, (controls) => {
          let silent = false;
          const timer = setTimeout(() => {
            silent = true;
          }, options.afterMs);
          const release = () => {
            clearTimeout(timer);
            // What was swallowed is missing from this stream: only a new one can be whole.
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
        });
      },
  };
}
