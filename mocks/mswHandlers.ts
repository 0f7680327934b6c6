import { HttpResponse, http, type RequestHandler } from 'msw';
import type { BackendFetch } from './scenarios/Scenario.ts';

/**
 * Mounts a backend at a base URL: for `setupWorker` of 'msw/browser' and `setupServer` of 'msw/node'. The backend is
 * given the whole path.
 */
export function mswHandlers(baseUrl: string, fetch: BackendFetch): RequestHandler[] {
  return [
    http.all(`${baseUrl}/*`, async ({ request }) => {
      try {
        return await fetch(request);
      } catch (error) {
        // The caller has left while a scenario held the call up, so there is nobody to answer.
        if (request.signal.aborted) return HttpResponse.error();
        throw error;
      }
    }),
  ];
}
