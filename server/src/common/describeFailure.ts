/** An error in one line, for an operator: its words and those of its causes, no stack. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What Node rejects with where a name has several addresses and none answers: no words of its own.
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(describeFailure).join('; ');
  }
  const own = error.message || error.name;
  const cause = error.cause === undefined ? '' : describeFailure(error.cause);
  return own.includes(cause) ? own : `${own} (${cause})`;
}
