/** Writes the times of log lines: short ones for the list, and whole ones for tooltips and files. */
import type { TaskLogEntry } from '../../client/taskStore.ts';
import { canonicalLanguage } from '../../locales/language.ts';

/** A log is read beside code and ids, so its digits are theirs in every language. */
const DIGITS = { numberingSystem: 'latn', hourCycle: 'h23' } as const;

/**
 * Makes the function that writes a time of day in the user's zone: '09:31:04.118', or '09:31:04' where it is short. A time
 * that cannot be read is an empty text.
 *
 * @example
 * logClock('en', { short: true })('2026-11-28T09:31:04.118Z');
 */
export function logClock(language: string, { short }: { short: boolean }): (at: string) => string {
  const format = new Intl.DateTimeFormat(canonicalLanguage(language), {
    ...DIGITS,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(!short && { fractionalSecondDigits: 3 }),
  });
  return (at) => {
    const ms = Date.parse(at);
    return Number.isNaN(ms) ? '' : format.format(ms);
  };
}

/** The lines of a log as a text file has them: UTC, level, message. A message of several lines is indented. */
export function logFile(lines: readonly TaskLogEntry[], count = lines.length): string[] {
  return lines
    .slice(0, count)
    .map(({ at, level, message }) => `${at} ${level.padEnd(7)} ${message.replace(/\r\n?|\n/g, '\n    ')}\n`);
}
