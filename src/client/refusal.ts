import { PROBLEM_TYPE_PREFIX, type TaskError } from '../contract/index.ts';
import { parse, problem } from './shapes.ts';
import { TaskClientError } from './TaskClientError.ts';

/** Of answers that carry no problem of ours: from a proxy, a gateway, another server. */
const CODES: Record<number, string> = {
  401: 'unauthorized',
  404: 'task-not-found',
  429: 'rate-limited',
  503: 'rate-limited',
};

/** `Retry-After`, a number of seconds or a date, in seconds from now; 0 where there is none. */
export function retryAfter({ headers }: Response): number {
  const value = headers.get('retry-after') ?? '';
  return Math.max(0, +value || (Date.parse(value) - Date.now()) / 1000 || 0);
}

/** The error for an answer that is not what was asked for: the server's own problem, or what came in its place. */
export async function refusal(response: Response, url: string): Promise<TaskClientError> {
  const { status } = response;
  const contentType = response.headers.get('content-type') ?? '';
  // Of all tasks, not of one: it is the address that is wrong.
  const wrongAddress = status === 404 && /\/tasks(\?|$)/.test(url);
  let error: TaskError = {
    code: wrongAddress ? 'not-found' : (CODES[status] ?? 'invalid-response'),
    message: `${url} answered ${status} ${contentType || '(no content type)'}: ${wrongAddress ? 'a wrong baseUrl' : 'a sign-in page'}?`,
  };
  // Nothing else is read: what answers in the server's place may have no end.
  if (/json/.test(contentType)) {
    try {
      const { type, detail, details, errors } = parse(problem, await response.text());
      const [, code = error.code] = type.split(PROBLEM_TYPE_PREFIX);
      error = { code, message: detail, details, parameters: errors };
    } catch {
      // No problem: told like any other answer.
    }
  }
  return new TaskClientError({ ...error, status, retryAfterSeconds: retryAfter(response) || undefined });
}
