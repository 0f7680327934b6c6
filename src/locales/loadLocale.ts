import { en, type Messages } from './en.ts';
import { canonicalLanguage } from './intl.ts';
import { type Language, titles } from './titles.ts';

/** A pack and the language its plurals and numbers are formatted for: the one asked for, or English. */
export interface Locale {
  language: string;
  /** English lacks its errors until they are loaded. */
  messages: Partial<Messages>;
}

const importers: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: async () => ({ messages: { ...en, ...(await import('./enErrors.ts')).enErrors } }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

const loaded = new Map<Language, Messages>();
// One object per language, so that it can be compared.
const locales = new Map<string, Locale>();

/** Which pack serves a language: 'de-AT' is served by 'de', an unknown one by 'en'. */
export function packFor(language: string): Language {
  const base = canonicalLanguage(language).split('-')[0] ?? '';
  return Object.hasOwn(titles, base) ? (base as Language) : 'en';
}

/** The locale if its pack is here already, so that a second opening does not flash in English. */
export function loadedLocale(language: string): Locale | undefined {
  const pack = packFor(language);
  const messages = loaded.get(pack) ?? (pack === 'en' ? en : undefined);
  if (!messages) return undefined;
  const canonical = canonicalLanguage(language);
  const formattedFor = canonical.split('-')[0] === pack ? canonical : pack;
  const known = locales.get(formattedFor);
  if (known?.messages === messages) return known;
  const locale = { language: formattedFor, messages };
  locales.set(formattedFor, locale);
  return locale;
}

/**
 * English is bundled but for its errors, the other packs are fetched when first asked for. Rejects where the pack cannot be fetched;
 * the next call tries again.
 */
export async function loadLocale(language: string): Promise<Locale> {
  const pack = packFor(language);
  if (!loaded.has(pack)) loaded.set(pack, (await importers[pack]()).messages);
  return loadedLocale(language) ?? { language: 'en', messages: en };
}
