import type { Scenario } from './Scenario.ts';

const PAGE = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';

/**
 * A proxy or a sign-in service answers with a web page in place of the event stream.
 *
 * @example
 * const backend = await createMockBackend({ scenario: htmlInsteadOfStream() });
 */
export function htmlInsteadOfStream(): Scenario {
  return {
    name: 'htmlInsteadOfStream',
    wrapFetch:
      (next, { routeOf }) =>
      async (request) =>
        routeOf(request)?.events
          ? new Response(PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
          : next(request),
  };
}
