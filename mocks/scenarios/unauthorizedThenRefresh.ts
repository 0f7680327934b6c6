import { problemResponse } from '../../backend/http/problem.ts';
import type { Scenario } from './Scenario.ts';

/** What a client is to send after its token was refused; `unauthorizedThenRefresh` takes another one as an option. */
export const REFRESHED_TOKEN = 'refreshed-token';

/** The session ran out: 401 for every call, until one comes with the refreshed token. */
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
