// Loads the words of the plugin that plans an area: its own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, packFor, packTools, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { Locale, LocaleSource, Packs } from '../types.ts';
import { planTitles } from './titles.ts';

const planPacks: PackImporters = {
  en: async () => ({ messages: {} }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

/** The packs as they ship, which every language of the plugin stands on; undefined until the English words are fetched. */
let shipped: LocaleSource | undefined;

async function loadShipped(): Promise<LocaleSource> {
  const { en } = await import('./en.ts');
  shipped ??= shippedLocales({ ...partsEnglish, ...en }, partsPacks, planPacks);
  return shipped;
}

/** The plugin's words. All of them are fetched when they are first asked for, those in English too. */
const planLocales: LocaleSource = {
  of: (language) => shipped?.of(language) ?? { language: 'en', english: partsEnglish, complete: false },
  load: async (language) => (await loadShipped()).load(language),
};

/** The plugin's packs, and over them those of an application. */
export function planLocalesWith(packs: Packs | undefined): LocaleSource {
  if (!packs) return planLocales;
  let own: LocaleSource | undefined;
  return {
    of: (language) => own?.of(language) ?? { ...planLocales.of(language), complete: false },
    async load(language) {
      own ??= (await import('../packs.ts')).localesOf(packs, packTools(planLocales));
      await own.load(language);
    },
  };
}

/** Adds the plugin's title at once: a host's toolbar asks for it before any pack could have been fetched. */
export function withPlanTitle(locale: Locale, language: string): Locale {
  if (locale.complete) return locale;
  return { ...locale, messages: { title: planTitles[packFor(language)], ...locale.messages } };
}
