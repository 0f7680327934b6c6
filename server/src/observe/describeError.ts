/** The log follows causes to this depth, and names this many errors of an AggregateError. */
const MAX_DEPTH = 5;
const MAX_ERRORS = 5;

export interface ErrorDescription {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
  errors?: ErrorDescription[];
}

/**
 * Describes an error for the log. It includes only the named fields, because libraries put the command with its
 * arguments, the row or the whole URL on their errors.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: textOf(error) };
  const { cause } = error;
  const code = 'code' in error ? error.code : undefined;
  const errors = error instanceof AggregateError && depth < MAX_DEPTH ? error.errors : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(cause !== undefined && depth < MAX_DEPTH && { cause: describeError(cause, depth + 1) }),
    ...(errors && { errors: errors.slice(0, MAX_ERRORS).map((each) => describeError(each, depth + 1)) }),
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
