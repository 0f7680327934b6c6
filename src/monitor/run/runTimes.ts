/** Writes the times of a run, in the user's zone and with its name, and UTC for tooltips. */
import { canonicalLanguage } from '../../locales/language.ts';

function format(at: string | undefined, language: string, options: Intl.DateTimeFormatOptions): string {
  const ms = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? '–' : new Intl.DateTimeFormat(canonicalLanguage(language), options).format(ms);
}

/** '28 Nov 2026, 09:31:04 GMT'. A time that cannot be read is a dash. */
export function wholeTime(at: string | undefined, language: string): string {
  return format(at, language, { dateStyle: 'medium', timeStyle: 'long' });
}

/** '28 Nov, 09:31'. */
export function shortTime(at: string | undefined, language: string): string {
  return format(at, language, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
}

/** '2026-11-28 09:31:04 UTC', for a tooltip. */
export function utcTime(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? '' : `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The name of the user's zone: 'Europe/Berlin'. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The duration of a run in seconds. Undefined before its end, and where the server does not say it. */
export function durationSeconds(task: {
  startedAt?: string | undefined;
  finishedAt?: string | undefined;
}): number | undefined {
  const ms = Date.parse(task.finishedAt ?? '') - Date.parse(task.startedAt ?? '');
  return Number.isNaN(ms) ? undefined : Math.max(0, ms) / 1000;
}
