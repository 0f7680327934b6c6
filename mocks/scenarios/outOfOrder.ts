import { createRandom, shuffled } from '../town/random.ts';
import { rewriteEvents } from './rewriteEvents.ts';
import type { Scenario } from './Scenario.ts';

const REMEMBERED = 12;

/**
 * Before each new event the server sends some earlier events again, in a shuffled order.
 *
 * @example
 * const backend = await createMockBackend({ scenario: outOfOrder() });
 */
export function outOfOrder(options: { seed?: number } = {}): Scenario {
  const random = createRandom(options.seed ?? 1);
  return {
    name: 'outOfOrder',
    wrapFetch: (next, context) =>
      rewriteEvents(next, context, () => {
        const earlier: string[] = [];
        return (event) => {
          const replayed = shuffled(earlier, random).slice(0, 3);
          earlier.push(event);
          if (earlier.length > REMEMBERED) earlier.shift();
          return [...replayed, event];
        };
      }),
  };
}
