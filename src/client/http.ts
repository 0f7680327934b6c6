// Calls to a task server over HTTP: with credentials, answered in JSON, and what an error response means.
import { PROBLEM_TYPE_PREFIX, type TaskError } from '../contract/index.ts';
import type { CallOptions } from './SystemClient.ts';
import { parse, problem, type Shape } from './shapes.ts';
import { isTaskClientError, TaskClientError } from './TaskClientError.ts';

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
  /** Says whether requests carry cookies; the default of fetch is 'same-origin'. */
  credentials?: RequestCredentials | undefined;
  /** Seconds after which a call that got no answer fails with 'network'; default 30. Streams have a watchdog instead. */
  timeoutSeconds?: number | undefined;
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
  const { credentials } = connection;
  const response = await (connection.fetch ?? fetch)(url, {
    ...init,
    headers,
    ...(credentials && { credentials }),
  });
  if (response.status !== 401 || refresh || typeof (token ?? source) !== 'function') return response;
  discard(response);
  return authorizedFetch(connection, url, own, init, true);
}

/** A call sends this besides its address. */
interface Call extends CallOptions {
  body?: object | undefined;
  /** True: the call is repeated once where the connection failed. */
  again?: boolean;
}

/**
 * Calls the server and parses its JSON answer. Rejects with a TaskClientError: the server's error, or 'network' where no
 * answer came, also not in time. Rejects with the signal's reason as soon as the signal is aborted.
 */
export async function callJson<T>(
  connection: Connection,
  shape: Shape<T>,
  method: string,
  url: string,
  { body, again, signal }: Call = {},
): Promise<T> {
  signal?.throwIfAborted();
  const { timeoutSeconds = 30 } = connection;
  const lifetime = new AbortController();
  const { signal: over } = lifetime;
  signal?.addEventListener('abort', () => lifetime.abort(), { signal: over });
  const timer = setTimeout(
    () => lifetime.abort(new Error(`no answer for ${timeoutSeconds} s`)),
    // A timer takes 31 bits of milliseconds.
    Math.min(timeoutSeconds * 1000, 2e9),
  );
  const work = async () => {
    const response = await authorizedFetch(
      connection,
      url,
      { 'content-type': 'application/json' },
      { method, body: JSON.stringify(body), signal: over },
    );
    if (!response.ok) throw await errorOfResponse(response, url);
    return parse(shape, await textOf(response, MAX_ANSWER_BYTES));
  };
  // Not by the signal alone: a fetch of the host's own may ignore it.
  const givenUp = new Promise<never>((_, reject) => {
    over.onabort = () => reject(over.reason);
  });
  try {
    return await Promise.race([work(), givenUp]);
  } catch (cause) {
    signal?.throwIfAborted();
    if (isTaskClientError(cause)) throw cause;
    if (again && !over.aborted) return callJson(connection, shape, method, url, { body, signal });
    throw new TaskClientError({ code: 'network', message: `${url}: ${cause}`, cause });
  } finally {
    clearTimeout(timer);
    // Removes the listener from the caller's signal.
    lifetime.abort();
  }
}

/** The longest answer of a call that is read, in bytes: 64 MiB. */
const MAX_ANSWER_BYTES = 2 ** 26;

/** Codes for error responses without a problem of ours: from a proxy, a gateway, another server. */
const CODES: Record<number, string> = {
  401: 'unauthorized',
  429: 'rate-limited',
  503: 'rate-limited',
};

/**
 * `Retry-After`, a number of seconds or a date, in seconds from now; 0 where there is none. A date is compared with the
 * server's own clock where the answer shows it. Else it counts for 5 minutes at most: the client's clock may be wrong.
 */
export function retryAfterSecondsOf({ headers }: Response): number {
  const value = headers.get('retry-after') ?? '';
  const date = Date.parse(headers.get('date') ?? '');
  const untilDate = (Date.parse(value) - (date || Date.now())) / 1000;
  return Math.max(0, +value || (date ? untilDate : Math.min(untilDate, 300)) || 0);
}

/** Gives up a body that nobody reads. Its connection is free for other requests then. */
export function discard({ body }: Response): void {
  body?.cancel().catch(() => {});
}

/** The longest error body that is read, in bytes: 64 KiB. */
const MAX_ERROR_BYTES = 2 ** 16;

/**
 * The text of a body, at most so many bytes of it. Rejects where the body is longer, and cancels it: the body of a server
 * that is not ours may have no end.
 */
async function textOf(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => {});
      throw new Error(`longer than ${maxBytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** The error that a response means: the server's own problem, or a description of the response. */
export async function errorOfResponse(response: Response, url: string): Promise<TaskClientError> {
  const { status } = response;
  const contentType = response.headers.get('content-type') ?? '';
  // The list of all tasks is always there. Only a wrong address answers 404.
  const wrongAddress = status === 404 && /\/tasks(\?|$)/.test(url);
  let error: TaskError = {
    code: wrongAddress ? 'not-found' : (CODES[status] ?? 'invalid-response'),
    message: `${url} answered ${status} ${contentType}: ${wrongAddress ? 'a wrong baseUrl' : 'a sign-in page'}?`,
  };
  // No other body is read.
  if (!/json/.test(contentType)) discard(response);
  else {
    try {
      const { type, detail, details, errors } = parse(problem, await textOf(response, MAX_ERROR_BYTES));
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
