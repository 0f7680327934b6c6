/** One thing that was looked at. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  /** What it is about: 'Redis', 'PostGIS', ... */
  subject: string;
  /** What was found and, unless it is fine, what to do. */
  message: string;
}

/** How far another machine's clock is from ours. */
export interface ClockDifference {
  subject: string;
  /** Positive: theirs is ahead. */
  seconds: number;
}

/** How long a service may take to answer. */
export const CHECK_TIMEOUT_MS = 5_000;

/** At least this one, or newer: '6.2.0' is less than '6.10'. */
export function isAtLeast(version: string, least: string): boolean {
  return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}
