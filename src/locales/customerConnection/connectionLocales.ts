// Loads the words of the plugin that connects customers: its own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, packFor, packTools, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { Locale, LocaleSource, Packs } from '../types.ts';
import { en } from './en.ts';
import { titles } from './titles.ts';

const connectionPacks: PackImporters = {
  en: () => import('./enErrors.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

/** The plugin's packs, as they ship. */
export const connectionLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...en },
  partsPacks,
  connectionPacks,
);

/**
 * The plugin's packs, and over them those of an application. The code that reads those loads on demand, because few
 * applications have any.
 */
export function localesWith(packs: Packs | undefined): LocaleSource {
  if (!packs) return connectionLocales;
  let own: LocaleSource | undefined;
  return {
    of: (language) => own?.of(language) ?? { ...connectionLocales.of(language), complete: false },
    async load(language) {
      own ??= (await import('../packs.ts')).localesOf(packs, packTools(connectionLocales));
      await own.load(language);
    },
  };
}

/** With the plugin's title at once: a host's toolbar asks for it before any pack could have been fetched. */
export function withTitle(locale: Locale, language: string): Locale {
  const pack = packFor(language);
  if (locale.complete || pack === 'en') return locale;
  return { ...locale, messages: { title: titles[pack], ...locale.messages } };
}
