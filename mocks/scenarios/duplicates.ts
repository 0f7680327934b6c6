import { rewriteEvents } from './rewriteEvents.ts';
import type { Scenario } from './Scenario.ts';

/** Every event comes twice, as after a redelivery; the terminal one as well. */
export function duplicates(): Scenario {
  return {
    name: 'duplicates',
    wrapFetch: (next) => rewriteEvents(next, () => (event) => [event, event]),
  };
}
