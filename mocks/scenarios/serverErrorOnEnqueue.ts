import { problemResponse } from '../../backend/http/problem.ts';
import { checkNumber, type Scenario } from './Scenario.ts';

/**
 * The first `times` attempts to start a task fail with 500. They queue nothing.
 *
 * @example
 * const backend = await createMockBackend({ scenario: serverErrorOnEnqueue({ times: 1 }) });
 */
export function serverErrorOnEnqueue(options: { times: number }): Scenario {
  checkNumber('serverErrorOnEnqueue', 'times', options.times, 0);
  return {
    name: 'serverErrorOnEnqueue',
    wrapFetch(next, { routeOf }) {
      let failed = 0;
      return async (request) => {
        if (!routeOf(request)?.startsTask || failed >= options.times) return next(request);
        failed++;
        return problemResponse({
          code: 'internal',
          message: 'The server met an unexpected error. Nothing was started; try again.',
        });
      };
    },
  };
}
