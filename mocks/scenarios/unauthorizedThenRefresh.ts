import { problemResponse } from '../../backend/http/problem.ts';
import type { Scenario } from './Scenario.ts';

/**
 * The token that a client must send after its own was refused. `unauthorizedThenRefresh` accepts another one as an
 * option.
 */
export const REFRESHED_TOKEN = 'refreshed-token';

/**
 * The session ran out: 401 for every call, until one comes with the refreshed token.
 *
 * @example
 * const backend = await createMockBackend({ scenario: unauthorizedThenRefresh() });
 */
export function unauthorizedThenRefresh(options: { refreshed?: string } = {}): Scenario {
  const expected = `Bearer ${options.refreshed ?? REFRESHED_TOKEN}`;
  return {
    name: 'unauthorizedThenRefresh',
    wrapFetch: (next) => async (request) => {
      if (request.headers.get('Authorization') === expected) return next(request);
      return problemResponse(
        {
          code: 'unauthorized',
          message:
            'The access token has expired. Get a new one and send it as "Authorization: Bearer <token>".',
        },
        { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      );
    },
  };
}
