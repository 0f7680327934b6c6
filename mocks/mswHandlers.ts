import { HttpResponse, http, type RequestHandler } from 'msw';
import type { BackendFetch } from './scenarios/Scenario.ts';

/**
 * Mounts a backend at a base URL: for `setupWorker` of 'msw/browser' and `setupServer` of 'msw/node'. The backend is
 * given the whole path (its `basePath` is `basePathOf(baseUrl)`).
 */
export function mswHandlers(baseUrl: string, fetch: BackendFetch): RequestHandler[] {
  return [
    http.all(`${baseUrl}/*`, async ({ request }) => {
      try {
        return await fetch(request);
      } catch (error) {
        // Who asked has left while a scenario held the call up: there is nobody to answer.
        if (request.signal.aborted) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}

/** The path of a base URL: '/api' of '/api' and of 'https://tasks.example/api', '' of 'https://tasks.example'. */
export function basePathOf(baseUrl: string): string {
  if (baseUrl.endsWith('/')) {
    throw new TypeError(
      `MockBackend.handlers(${JSON.stringify(baseUrl)}): leave out the slash at the end; a mock backend at the ` +
        "root of the page's own origin is given as its whole URL, such as location.origin",
    );
  }
  return new URL(baseUrl, 'http://localhost').pathname.replace(/^\/$/, '');
}
