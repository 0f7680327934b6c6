import { inDevelopment } from './development.ts';
import { en, type Messages } from './en.ts';
import { baseOf, canonicalLanguage, isLanguage } from './language.ts';
import { type Language, titles } from './titles.ts';
import type { Locale, LocaleSource, Packs, PackTools, Words } from './types.ts';

const importers: Record<Language, () => Promise<{ messages: Messages }>> = {
  en: async () => ({ messages: { ...en, ...(await import('./enErrors.ts')).enErrors } }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

const loaded = new Map<Language, Messages>();

/** Chooses the pack of ours for a language: 'de' for 'de-AT', 'en' for an unknown one. */
export function packFor(language: string): Language {
  const base = baseOf(canonicalLanguage(language));
  return Object.hasOwn(titles, base) ? (base as Language) : 'en';
}

/** Our packs. English is bundled but for its errors, the others are fetched when first asked for. */
export const ourLocales: LocaleSource = {
  of(language) {
    const pack = packFor(language);
    const words = loaded.get(pack);
    const canonical = canonicalLanguage(language);
    if (pack !== 'en') {
      return { language: words ? canonical : 'en', messages: words, english: en, complete: !!words };
    }
    return { language: baseOf(canonical) === pack ? canonical : pack, english: words ?? en, complete: true };
  },
  async load(language) {
    const pack = packFor(language);
    if (!loaded.has(pack)) loaded.set(pack, (await importers[pack]()).messages);
  },
};

/** The functions that packs.ts needs from this file. It gets them passed, because it loads on demand. */
export const packTools: PackTools = {
  ours: ourLocales,
  baseOf,
  canonicalLanguage,
  isLanguage,
  /** As an uncaught error: it is seen in the developer tools, and nothing stops. */
  report(problem: unknown): void {
    if (inDevelopment()) globalThis.reportError?.(problem);
  },
};

/**
 * Our packs, and over them those of an application. The code that reads those loads on demand, because few applications
 * have any.
 */
export function localesWith(packs: Packs | undefined): LocaleSource {
  if (!packs) return ourLocales;
  let own: LocaleSource | undefined;
  return {
    of: (language) => own?.of(language) ?? { ...ourLocales.of(language), complete: false },
    async load(language) {
      own ??= (await import('./packs.ts')).localesOf(packs, packTools);
      await own.load(language);
    },
  };
}

/** The words of a language, once they are here. */
export async function loadLocale(language: string, locales = ourLocales): Promise<Locale> {
  await locales.load(language);
  return locales.of(language);
}

/** With our title at once: a host's toolbar asks for it before any pack could have been fetched. */
export function withTitle(locale: Locale, language: string): Locale {
  const pack = packFor(language);
  if (locale.complete || pack === 'en') return locale;
  return { ...locale, messages: { title: titles[pack], ...locale.messages } };
}
