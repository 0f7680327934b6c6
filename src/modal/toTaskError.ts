import type { ParameterProblem, TaskError } from '../contract.ts';

/** Why something did not work, with the time after which the server would like the next try. */
export type Failure = TaskError & { retryAfterSeconds?: number };

/** What a client threw or told, whoever wrote the client: our own errors carry a code, a host's may carry nothing. */
export function toTaskError(thrown: unknown): Failure {
  if (!isObject(thrown)) return { code: 'unknown', message: String(thrown) };
  const { code, message, details, parameters, retryAfterSeconds } = thrown;
  return {
    code: typeof code === 'string' ? code : 'unknown',
    message: typeof message === 'string' ? message : String(thrown),
    ...(isObject(details) ? { details } : {}),
    ...(Array.isArray(parameters) ? { parameters: parameters.filter(isProblem) } : {}),
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
  };
}

function isProblem(value: unknown): value is ParameterProblem {
  return (
    isObject(value) &&
    typeof value.parameter === 'string' &&
    typeof value.code === 'string' &&
    typeof value.message === 'string'
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
