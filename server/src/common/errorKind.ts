import { isTaskRefusal, TaskRefusal } from '../../../backend/common/TaskRefusal.ts';

/**
 * The four kinds of error, for the engine, HTTP and the workers alike. `outage`: a service is away, full or not
 * writable, and somebody mends it. `try-again`: the database undid the work because it met somebody else's. `refused`:
 * the caller's mistake, which names the fix. `bug`: everything else.
 */
export type ErrorKind = 'outage' | 'try-again' | 'refused' | 'bug';

/** Serialisation failure, deadlock, and a lock that was not to be had in time. */
const TRY_AGAIN = /^(40001|40P01|55P03)$/;
/**
 * A migration changed a table while a statement waited for it: the statement's plan is of the table before. PostgreSQL
 * has no code for it that means nothing else, so the routine that reports it decides.
 */
const CHANGED_MEANWHILE = /^(build_attrmap_by_position|convert_tuples_by_position|RevalidateCachedQuery)$/;
/**
 * Connection exceptions; a shutdown, a start, an idle session that was ended; too many connections, a full disk, no
 * memory; a statement or a transaction that took too long; a database that can only be read, as after a failover; and
 * errors of the machine.
 */
const SQL_OUTAGE = /^(08...|57P0[1-5]|53...|57014|25006|25P0[34]|58...)$/;
const SYSTEM_OUTAGE = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
/** The drivers have no codes for these. */
const MESSAGES = [
  'Connection terminated',
  'Client has encountered a connection error',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Query read timeout',
  'Connection is closed',
  'Command timed out',
  'Reached the max retries per request limit',
  "Stream isn't writeable",
];
/** The first words of Redis's own errors, while it starts, follows another one, is full, or moves keys. */
const REDIS_OUTAGE = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|OOM|MISCONF|NOREPLICAS) /;

/**
 * The kind of an error, whichever driver threw it.
 *
 * @example
 * if (errorKind(error) === 'outage') await pause(500);
 */
export function errorKind(thrown: unknown): ErrorKind {
  if (isTaskRefusal(thrown)) return thrown.error.code === 'unavailable' ? 'outage' : 'refused';
  if (!(thrown instanceof Error)) return 'bug';
  const code = 'code' in thrown ? String(thrown.code) : '';
  const routine = 'routine' in thrown ? String(thrown.routine) : '';
  if (TRY_AGAIN.test(code) || CHANGED_MEANWHILE.test(routine)) return 'try-again';
  const isOutage =
    SQL_OUTAGE.test(code) ||
    SYSTEM_OUTAGE.includes(code) ||
    REDIS_OUTAGE.test(thrown.message) ||
    MESSAGES.some((message) => thrown.message.includes(message));
  if (isOutage) return 'outage';
  return thrown instanceof AggregateError && thrown.errors.some((each) => errorKind(each) === 'outage')
    ? 'outage'
    : 'bug';
}

/** True: the same call may succeed after a while, and nobody's mistake made it fail. */
export function isTemporary(thrown: unknown): boolean {
  return ['outage', 'try-again'].includes(errorKind(thrown));
}

/** The answer to a caller whose call met an outage or a conflict: 503 with Retry-After. Undefined for other kinds. */
export function unavailableFor(thrown: unknown): TaskRefusal | undefined {
  if (isTaskRefusal(thrown)) return undefined;
  const kind = errorKind(thrown);
  if (kind !== 'outage' && kind !== 'try-again') return undefined;
  const message = 'The task server cannot reach what it needs at this moment; try again in a few seconds';
  const details = { retryAfterSeconds: kind === 'outage' ? 5 : 1 };
  return new TaskRefusal({ code: 'unavailable', message, details }, { cause: thrown });
}
