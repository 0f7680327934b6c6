import { problemResponse } from '../../backend/http/problem.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * The first `times` calls are refused: 429 with Retry-After.
 *
 * @example
 * const backend = await createMockBackend({ scenario: rateLimited({ retryAfterSeconds: 5, times: 2 }) });
 */
export function rateLimited(options: { retryAfterSeconds: number; times: number }): Scenario {
  const { retryAfterSeconds, times } = options;
  checkNumber('rateLimited', 'retryAfterSeconds', retryAfterSeconds, 0);
  checkNumber('rateLimited', 'times', times, 0);
  return {
    name: 'rateLimited',
    wrapFetch(next) {
      let refused = 0;
      return async (request) => {
        if (refused >= times) return next(request);
        refused++;
        return problemResponse(
          { code: 'rate-limited', message: `Too many requests. Try again in ${retryAfterSeconds} s.` },
          { 'Retry-After': String(retryAfterSeconds) },
        );
      };
    },
  };
}
