import { isEventsRequest } from './requests.ts';
import type { Scenario } from './Scenario.ts';

const PAGE = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';

/** Something in between (a proxy, a sign-in page) answers for the event stream with a web page. */
export function htmlInsteadOfStream(): Scenario {
  return {
    name: 'htmlInsteadOfStream',
    wrapFetch: (next) => async (request) =>
      isEventsRequest(request)
        ? new Response(PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
        : next(request),
  };
}
