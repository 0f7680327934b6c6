import { formatDuration } from '../locales/intl.ts';
import { canonicalLanguage } from '../locales/language.ts';

// Times as the monitor writes them, in the user's language and zone.

const formats = new Map<string, Intl.DateTimeFormat>();
const relative = new Map<string, Intl.RelativeTimeFormat>();

/** Making a format costs a thousand times what using it costs. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(canonicalLanguage(language), options);
    formats.set(key, format);
  }
  return format;
}

/** '09:41:20'. @param ms Unix time in milliseconds */
export function clockTime(ms: number, language: string): string {
  return dateFormat(language, { timeStyle: 'medium' }).format(ms);
}

/** '1 May, 09:41', and with the year where it is another one. @param ms Unix time in milliseconds */
export function dateTime(ms: number, language: string, nowMs: number): string {
  const isThisYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
  return dateFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(!isThisYear && { year: 'numeric' }),
  }).format(ms);
}

/**
 * The time with its zone and in UTC, for a tooltip: '1 May 2026, 11:41:20 CEST · 09:41:20 UTC'.
 *
 * @param iso ISO 8601; an empty text is given back where it is none
 */
export function zonedTime(iso: string | undefined, language: string): string {
  const ms = Date.parse(iso ?? '');
  if (Number.isNaN(ms)) return '';
  const local = dateFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
  const utc = dateFormat(language, { timeStyle: 'medium', timeZone: 'UTC' });
  return `${local.format(ms)} · ${utc.format(ms)} UTC`;
}

/** '2 min ago', 'yesterday'. @param seconds how long ago */
export function ago(seconds: number, language: string): string {
  let format = relative.get(language);
  if (!format) {
    format = new Intl.RelativeTimeFormat(canonicalLanguage(language), { numeric: 'auto', style: 'short' });
    relative.set(language, format);
  }
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return format.format(-whole, 'second');
  if (whole < 3_600) return format.format(-Math.floor(whole / 60), 'minute');
  if (whole < 86_400) return format.format(-Math.floor(whole / 3_600), 'hour');
  return format.format(-Math.floor(whole / 86_400), 'day');
}

/** 'Today', 'Yesterday', else the date: the name of a section. Both are Unix time in milliseconds. */
export function dayName(ms: number, nowMs: number, language: string): string {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(nowMs) - midnight(ms)) / 86_400_000);
  if (days !== 0 && days !== 1) return dateFormat(language, { dateStyle: 'full' }).format(ms);
  const name = new Intl.RelativeTimeFormat(canonicalLanguage(language), { numeric: 'auto' }).format(
    -days,
    'day',
  );
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Seconds, minutes from an hour on: an elapsed time of hours need not be read to the second. */
export function elapsedText(seconds: number, language: string): string {
  return formatDuration(Math.max(0, Math.floor(seconds)), language);
}
