// Loads the words of a run's page: its own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, packTools, partsPacks, shippedLocales } from '../loadLocale.ts';
import { localesOf } from '../packs.ts';
import type { LocaleSource, Packs } from '../types.ts';
import { en } from './en.ts';

export const runPacks: PackImporters = {
  en: async () => ({ messages: en }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

const runLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...en },
  partsPacks,
  runPacks,
);

/** The packs of a run's page, and over them those that an application has for its tasks. */
export function runLocalesWith(packs: Packs | undefined): LocaleSource {
  return packs ? localesOf(packs, packTools(runLocales)) : runLocales;
}
