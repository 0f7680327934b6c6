import { rewriteEvents } from './rewriteEvents.ts';
import type { Scenario } from './Scenario.ts';

/**
 * Every event comes twice, as after a redelivery. So does the terminal event.
 *
 * @example
 * const backend = await createMockBackend({ scenario: duplicates() });
 */
export function duplicates(): Scenario {
  return {
    name: 'duplicates',
    wrapFetch: (next, context) => rewriteEvents(next, context, () => (event) => [event, event]),
  };
}
