import { isEventsRequest } from './requests.ts';
import type { Scenario } from './Scenario.ts';

/**
 * The server no longer knows what a client has seen, as after a restart with an empty log: every stream starts with
 * a snapshot, wherever the client wanted to go on from. Shows only when a stream is opened again: combine it with
 * `streamCut`.
 */
export function lostCursor(): Scenario {
  return {
    name: 'lostCursor',
    wrapFetch: (next) => async (request) =>
      next(isEventsRequest(request) ? await withoutCursor(request) : request),
  };
}

async function withoutCursor(request: Request): Promise<Request> {
  const url = new URL(request.url);
  url.searchParams.delete('after');
  const headers = new Headers(request.headers);
  headers.delete('Last-Event-ID');
  const body = request.method === 'POST' ? forgetful(await request.text()) : null;
  return new Request(url, { method: request.method, headers, body, signal: request.signal });
}

/** `{ cursors: { id: seq } }` with every seq null; anything else is the backend's to judge. */
function forgetful(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, (key, value) => (key === 'cursors' ? forget(value) : value)));
  } catch {
    return text;
  }
}

function forget(cursors: unknown): unknown {
  if (typeof cursors !== 'object' || cursors === null) return cursors;
  return Object.fromEntries(Object.keys(cursors).map((id) => [id, null]));
}
