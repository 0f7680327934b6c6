import { pause } from '../../backend/common/pause.ts';
import { createRandom } from '../town/random.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * Every call takes `ms` longer, give or take up to `jitterMs`.
 *
 * @example
 * const backend = await createMockBackend({ scenario: latency({ ms: 800, jitterMs: 400 }) });
 */
export function latency(options: { ms: number; jitterMs?: number; seed?: number }): Scenario {
  const { ms, jitterMs = 0, seed = 1 } = options;
  checkNumber('latency', 'ms', ms, 0);
  checkNumber('latency', 'jitterMs', jitterMs, 0);
  const random = createRandom(seed);
  return {
    name: 'latency',
    wrapFetch:
      (next, { signal }) =>
      async (request) => {
        await pause(Math.max(0, ms + (random() * 2 - 1) * jitterMs), signal, request.signal);
        request.signal.throwIfAborted();
        return next(request);
      },
  };
}
