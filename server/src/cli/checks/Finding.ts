/** The result of one check that `doctor` and the start of a server make. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  /** The name of what was checked: 'Redis', 'PostGIS', ... */
  subject: string;
  /** Says what was found and, unless it is fine, what to do. */
  message: string;
}

/** The difference between another machine's clock and ours. */
export interface ClockDifference {
  subject: string;
  /** Positive means that theirs is ahead. */
  seconds: number;
}

/** The time that a service has to answer. */
export const CHECK_TIMEOUT_MS = 5_000;

/** Compares versions by their numbers: '6.2.0' is less than '6.10'. */
export function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
