// Calls to a task server over HTTP: with credentials, answered in JSON, and what an error response means.
import { PROBLEM_TYPE_PREFIX, type TaskError } from '../contract/index.ts';
import { parse, problem, type Shape } from './shapes.ts';
import { TaskClientError } from './TaskClientError.ts';

/**
 * A value, or a function that returns it. After a 401 the function is called once more with `refresh: true`: it has to
 * return a new value then, because the server refused the old one.
 */
export type Source<Value> = Value | ((context: { refresh: boolean }) => Value | Promise<Value>);

export interface Connection {
  /** Default: the global fetch at the time of each request. */
  fetch?: typeof fetch | undefined;
  /** Headers of every request. The client's own headers (accept, content-type, last-event-id) replace these. */
  headers?: Source<HeadersInit> | undefined;
  /** Sent as `Authorization: Bearer`. */
  token?: Source<string> | undefined;
}

/**
 * Sends one request with the connection's credentials. Where the token (or, without a token, the headers) comes from a
 * function, the request is repeated once after a 401, with new credentials.
 */
export async function authorizedFetch(
  connection: Connection,
  url: string,
  own: Record<string, string>,
  init: RequestInit,
  refresh = false,
): Promise<Response> {
  const { headers: source, token } = connection;
  const headers = new Headers(typeof source === 'function' ? await source({ refresh }) : source);
  const bearer = typeof token === 'function' ? await token({ refresh }) : token;
  if (bearer) headers.set('authorization', `Bearer ${bearer}`);
  for (const name in own) headers.set(name, `${own[name]}`);
  const response = await (connection.fetch ?? fetch)(url, { ...init, headers });
  if (response.status !== 401 || refresh || typeof (token ?? source) !== 'function') return response;
  return authorizedFetch(connection, url, own, init, true);
}

/**
 * Calls the server and parses its JSON answer. Rejects with a TaskClientError: the server's error, or 'network' where no
 * answer came. With `again`, the call is repeated once before it rejects with 'network'.
 */
export async function callJson<T>(
  connection: Connection,
  shape: Shape<T>,
  method: string,
  url: string,
  body?: object,
  again?: boolean,
): Promise<T> {
  try {
    const response = await authorizedFetch(
      connection,
      url,
      { 'content-type': 'application/json' },
      {
        method,
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) throw await errorOfResponse(response, url);
    return parse(shape, await response.text());
  } catch (cause) {
    if (cause instanceof TaskClientError) throw cause;
    if (again) return callJson(connection, shape, method, url, body);
    throw new TaskClientError({ code: 'network', message: `${url}: ${cause}`, cause });
  }
}

/** Codes for error responses without a problem of ours: from a proxy, a gateway, another server. */
const CODES: Record<number, string> = {
  401: 'unauthorized',
  404: 'task-not-found',
  429: 'rate-limited',
  503: 'rate-limited',
};

/** `Retry-After`, a number of seconds or a date, in seconds from now; 0 where there is none. */
export function retryAfterSecondsOf({ headers }: Response): number {
  const value = headers.get('retry-after') ?? '';
  return Math.max(0, +value || (Date.parse(value) - Date.now()) / 1000 || 0);
}

/** The error that a response means: the server's own problem, or a description of the response. */
export async function errorOfResponse(response: Response, url: string): Promise<TaskClientError> {
  const { status } = response;
  const contentType = response.headers.get('content-type') ?? '';
  // The list of all tasks is always there. Only a wrong address answers 404.
  const wrongAddress = status === 404 && /\/tasks(\?|$)/.test(url);
  let error: TaskError = {
    code: wrongAddress ? 'not-found' : (CODES[status] ?? 'invalid-response'),
    message: `${url} answered ${status} ${contentType || '(no content type)'}: ${wrongAddress ? 'a wrong baseUrl' : 'a sign-in page'}?`,
  };
  // No other body is read: the body of a server that is not ours may have no end.
  if (/json/.test(contentType)) {
    try {
      const { type, detail, details, errors } = parse(problem, await response.text());
      const [, code = error.code] = type.split(PROBLEM_TYPE_PREFIX);
      error = { code, message: detail, details, parameters: errors };
    } catch {
      // The body is no problem. The description of the response stands.
    }
  }
  return new TaskClientError({
    ...error,
    status,
    retryAfterSeconds: retryAfterSecondsOf(response) || undefined,
  });
}
