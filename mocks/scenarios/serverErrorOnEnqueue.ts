import { problemResponse } from '../../backend/http/problem.ts';
import { checkNumber, isEnqueue } from './requests.ts';
import type { Scenario } from './Scenario.ts';

/** The first `times` attempts to start a task fail with 500; nothing is queued by them. */
export function serverErrorOnEnqueue(options: { times: number }): Scenario {
  checkNumber('serverErrorOnEnqueue', 'times', options.times, 0);
  return {
    name: 'serverErrorOnEnqueue',
    wrapFetch(next) {
      let failed = 0;
      return async (request) => {
        if (!isEnqueue(request) || failed >= options.times) return next(request);
        failed++;
        return problemResponse({
          code: 'internal',
          message: 'The server met an unexpected error. Nothing was started; try again.',
        });
      };
    },
  };
}
