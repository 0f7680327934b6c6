import {
  type ParameterProblem,
  PROBLEM_TYPE_PREFIX,
  type Problem,
  type TaskError,
} from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';

const KNOWN: Record<string, { status: number; title: string }> = {
  'invalid-params': { status: 400, title: 'Invalid parameters' },
  'invalid-request': { status: 400, title: 'Invalid request' },
  'invalid-record': { status: 400, title: 'Invalid record' },
  'unknown-task': { status: 400, title: 'Unknown task' },
  unauthorized: { status: 401, title: 'Not authenticated' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'task-not-found': { status: 404, title: 'Task not found' },
  'design-not-found': { status: 404, title: 'Design not found' },
  'record-not-found': { status: 404, title: 'Record not found' },
  'no-preview': { status: 404, title: 'No preview' },
  'unknown-table': { status: 404, title: 'Unknown table' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'already-finished': { status: 409, title: 'Task has already ended' },
  'not-finished': { status: 409, title: 'Task has not ended' },
  'not-retryable': { status: 409, title: 'Task cannot be run again' },
  'idempotency-conflict': { status: 409, title: 'Idempotency key already used' },
  'nothing-to-export': { status: 409, title: 'Nothing to export' },
  'design-conflict': { status: 409, title: 'Somebody else has changed it' },
  'already-undone': { status: 409, title: 'Already undone' },
  'not-undoable': { status: 409, title: 'Nothing to undo' },
  'undo-conflict': { status: 409, title: 'Others have built on it' },
  'undo-not-kept': { status: 409, title: 'Not known any more' },
  'undo-nothing': { status: 409, title: 'Others have built on all of it' },
  'undo-too-large': { status: 409, title: 'Too many records of others' },
  'design-exists': { status: 409, title: 'Design already exists' },
  'precondition-failed': { status: 412, title: 'Somebody else has changed it' },
  'body-too-large': { status: 413, title: 'Body too large' },
  'export-too-large': { status: 413, title: 'File too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'upgrade-required': { status: 426, title: 'WebSocket only' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Not available' },
};

/**
 * An error as `application/problem+json` (RFC 9457). A refusal whose code is not ours is the caller's mistake: 400.
 * `details.retryAfterSeconds`, a whole number, is said as Retry-After too.
 */
export function problemResponse(error: TaskError, headers: Record<string, string> = {}): Response {
  const { status, title } = KNOWN[error.code] ?? { status: 400, title: 'Refused' };
  const problem: Problem = {
    type: PROBLEM_TYPE_PREFIX + error.code,
    title,
    status,
    detail: error.message,
    ...(error.parameters && { errors: error.parameters }),
    ...(error.details && { details: error.details }),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...askedFor(error),
      ...headers,
    },
  });
}

/** The answer to a request without valid credentials. */
export function unauthenticated(): Response {
  const message = 'Send credentials that this server knows: Authorization: Bearer <token>';
  return problemResponse({ code: 'unauthorized', message }, { 'WWW-Authenticate': 'Bearer' });
}

/** Headers that HTTP demands with an error. */
function askedFor({ code, message, details }: TaskError): Record<string, string> {
  if (code === 'unauthorized') {
    // Only these characters may stand between the quotes there (RFC 6750, section 3).
    const description = message.replace(/[^ !#-[\]-~]/g, '?');
    return { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${description}"` };
  }
  const seconds = details?.retryAfterSeconds;
  return typeof seconds === 'number' ? { 'Retry-After': String(seconds) } : {};
}

/** An 'invalid-request' refusal that names each field. */
export function invalidRequest(...problems: [ParameterProblem, ...ParameterProblem[]]): TaskRefusal {
  const message = problems.map((problem) => problem.message).join('; ');
  return new TaskRefusal({ code: 'invalid-request', message, parameters: problems });
}

/** One field that must be something else. */
export function fieldProblem(parameter: string, code: string, expected: string): ParameterProblem {
  return { parameter, code, message: `"${parameter}" must be ${expected}`, expected };
}
