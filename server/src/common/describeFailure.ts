/** Describes an error in one line, for an operator: its message and those of its causes, without a stack. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node rejects with this error when a name has several addresses and none answers. It has no message of its own.
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(describeFailure).join('; ');
  }
  const own = error.message || error.name;
  const cause = error.cause === undefined ? '' : describeFailure(error.cause);
  return own.includes(cause) ? own : `${own} (${cause})`;
}
