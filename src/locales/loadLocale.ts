import { inDevelopment } from './development.ts';
import { en } from './en.ts';
import { baseOf, canonicalLanguage, isLanguage } from './language.ts';
import type { Locale, LocaleSource, PackTools, Words } from './types.ts';

// Loads the words of the parts. The words of the plugin that connects customers are in customerConnection/.

/** The languages that we have packs for. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The function that fetches the words of a language, for each language; in English, those that are not bundled. */
export type PackImporters = Readonly<Record<Language, () => Promise<{ messages: Words }>>>;

export const partsPacks: PackImporters = {
  en: () => import('./enErrors.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

/** The words of the parts, which serve any plugin. */
export const partsLocales: LocaleSource = /* @__PURE__ */ shippedLocales(en, partsPacks);

/** Chooses the pack of ours for a language: 'de' for 'de-AT', 'en' for an unknown one. */
export function packFor(language: string): Language {
  const base = baseOf(canonicalLanguage(language));
  return LANGUAGES.find((tag) => tag === base) ?? 'en';
}

/** Packs that ship with us. English is bundled but for its errors, the others are fetched when first asked for. */
export function shippedLocales(english: Words, ...packs: PackImporters[]): LocaleSource {
  const loaded = new Map<Language, Words>();
  return {
    of(language) {
      const pack = packFor(language);
      const words = loaded.get(pack);
      const canonical = canonicalLanguage(language);
      if (pack !== 'en') {
        return { language: words ? canonical : 'en', messages: words, english, complete: !!words };
      }
      return {
        language: baseOf(canonical) === pack ? canonical : pack,
        english: words ?? english,
        complete: true,
      };
    },
    async load(language) {
      const pack = packFor(language);
      if (loaded.has(pack)) return;
      const modules = await Promise.all(packs.map((importers) => importers[pack]()));
      const words = modules.map(({ messages }) => messages);
      loaded.set(pack, Object.assign({}, pack === 'en' && english, ...words));
    },
  };
}

/**
 * The functions that packs.ts needs from this file. It gets them passed, because it loads on demand. An application's
 * packs go over the words of `ours`.
 */
export function packTools(ours: LocaleSource): PackTools {
  return {
    ours,
    baseOf,
    canonicalLanguage,
    isLanguage,
    /** As an uncaught error: it is seen in the developer tools, and nothing stops. */
    report(problem: unknown): void {
      if (inDevelopment()) globalThis.reportError?.(problem);
    },
  };
}

/** The words of a language, once they are here. */
export async function loadLocale(language: string, locales: LocaleSource): Promise<Locale> {
  await locales.load(language);
  return locales.of(language);
}
