/** Language tags: which are valid, what their base language is, and in which direction their script runs. */

const FALLBACK = 'en';

// ISO 15924 codes of the scripts that run from right to left and that living languages are written in.
const RIGHT_TO_LEFT = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
]);

/**
 * The canonical BCP 47 tag, or undefined where the text is no language tag. An underscore counts as a hyphen.
 *
 * @example languageTag('de_at') // 'de-AT'
 */
export function languageTag(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/**
 * A tag that Intl accepts; English where the text is no language tag.
 *
 * @example canonicalLanguage('de_AT') // 'de-AT'
 */
export function canonicalLanguage(language: string): string {
  return languageTag(language) ?? FALLBACK;
}

export function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && languageTag(value) !== undefined;
}

/**
 * The language of a canonical tag, without its region and script.
 *
 * @example baseOf('pt-BR') // 'pt'
 */
export function baseOf(language: string): string {
  return language.split('-')[0] ?? language;
}

/**
 * The direction of the script that Intl expects for the language. Kurdish is an example: 'ku' is written in Latin
 * letters, 'ku-Arab' and 'ckb' are written in Arabic ones.
 *
 * @example directionOf('ps') // 'rtl'
 */
export function directionOf(language: string): 'ltr' | 'rtl' {
  // Each message with values asks, and Intl takes longer to answer than the message to be formatted.
  if (last?.language === language) return last.direction;
  const { script } = new Intl.Locale(canonicalLanguage(language)).maximize();
  const direction = script !== undefined && RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
  last = { language, direction };
  return direction;
}

let last: { language: string; direction: 'ltr' | 'rtl' } | undefined;
