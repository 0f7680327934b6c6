import { isRecord, PROBLEM_TYPE_PREFIX } from '../../../contract/index.ts';

const MAX_BYTES = 2 ** 16;
/** So the template's services refuse, in words that a proxy in front of one does not use. */
const NOT_KNOWN = /^task not found/i;

/**
 * Wraps a fetch so that the errors of the template's services read as ours do: they answer `{ "detail": "Task not found" }`. An
 * answer that a service did not write, as the page of a proxy, stays as it is.
 */
export function controlFetch(own: typeof fetch | undefined): typeof fetch {
  return async (input, init) => {
    const response = await (own ?? fetch)(input, init);
    const isJson = /^application\/json/i.test(response.headers.get('content-type') ?? '');
    if (response.ok || !isJson || Number(response.headers.get('content-length')) > MAX_BYTES) return response;
    const text = await response.text();
    const detail = detailOf(text);
    const { status, headers } = response;
    if (detail === undefined) return new Response(text, { status, headers });
    const code = status === 404 && NOT_KNOWN.test(detail) ? 'task-not-found' : codeOf(status);
    if (code === undefined) return new Response(text, { status, headers });
    const problem = { type: PROBLEM_TYPE_PREFIX + code, title: code, status, detail: detail.slice(0, 2_000) };
    return Response.json(problem, { status, headers: { 'content-type': 'application/problem+json' } });
  };
}

/** The template answers 400 to an unknown method, 422 to a body that it cannot read, and 409 or 429 where ours do. */
function codeOf(status: number): string | undefined {
  if (status === 400 || status === 422) return 'invalid-request';
  if (status === 409) return 'idempotency-conflict';
  return undefined;
}

function detailOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || 'type' in value) return undefined;
    const { detail } = value;
    if (typeof detail === 'string') return detail;
    return Array.isArray(detail) ? JSON.stringify(detail) : undefined;
  } catch {
    return undefined;
  }
}
