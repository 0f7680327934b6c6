/** Numbers, lengths and durations in the user's language, by the browser's own Intl. */

import { canonicalLanguage } from './language.ts';

// Making an Intl object costs a thousand times what using it costs, and progress is formatted every frame.
const formats = new Map<string, Intl.NumberFormat>();
const rules = new Map<string, Intl.PluralRules>();

export function numberFormat(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(canonicalLanguage(language), options);
    formats.set(key, format);
  }
  return format;
}

/** @param type 'ordinal': for places, such as '2nd' */
export function pluralRules(language: string, type: 'cardinal' | 'ordinal' = 'cardinal'): Intl.PluralRules {
  const key = type + language;
  let rule = rules.get(key);
  if (!rule) {
    rule = new Intl.PluralRules(canonicalLanguage(language), { type });
    rules.set(key, rule);
  }
  return rule;
}

/** @param percent 0 to 100 */
export function formatPercent(percent: number, language: string): string {
  return numberFormat(language, { style: 'percent' }).format(Math.floor(percent) / 100);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day, in the user's zone: '09:41:20'. @param ms Unix time in milliseconds */
export function formatTime(ms: number, language: string): string {
  let clock = clocks.get(language);
  if (!clock) {
    clock = new Intl.DateTimeFormat(canonicalLanguage(language), { timeStyle: 'medium' });
    clocks.set(language, clock);
  }
  return clock.format(ms);
}

/** Metres below one kilometre, kilometres above: '840 m', '12.4 km'. */
export function formatLength(metres: number, language: string): string {
  const far = Math.round(metres) >= 1000;
  const digits = far && metres < 100_000 ? 1 : 0;
  return numberFormat(language, {
    style: 'unit',
    unit: far ? 'kilometer' : 'meter',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(far ? metres / 1000 : metres);
}

/** '45 sec', '3 min 20 sec', '1 hr 5 min'. */
export function formatDuration(seconds: number, language: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const all: [number, string][] = [
    [hours, 'hour'],
    [minutes, 'minute'],
    [whole % 60, 'second'],
  ];
  const parts = (hours ? all.slice(0, 2) : all).filter(([value]) => value > 0);
  return (parts.length ? parts : all.slice(2))
    .map(([value, unit]) =>
      numberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ');
}
