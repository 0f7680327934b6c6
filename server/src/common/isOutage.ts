/**
 * PostgreSQL reports these for connection exceptions, for a shutdown or a start, for too many connections, and for a
 * statement or a transaction that took too long.
 */
const SQL_STATES = /^(08...|57P0[1-4]|57014|53300|25P03)$/;
const SYSTEM_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
];
/** The driver has no codes for these. */
const MESSAGES = [
  'Connection terminated',
  'Client has encountered a connection error',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Connection is closed',
];

/** Says whether the database could not be reached or went away, so that the same call may succeed after a while. */
export function isOutage(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown ? String(thrown.code) : '';
  if (SQL_STATES.test(code) || SYSTEM_CODES.includes(code)) return true;
  if (MESSAGES.some((message) => thrown.message.includes(message))) return true;
  return thrown instanceof AggregateError && thrown.errors.some(isOutage);
}
