// Loads the words of the download menu and of the report that prints: their own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { LocaleSource } from '../types.ts';
import { en } from './en.ts';

const handoverPacks: PackImporters = {
  en: async () => ({ messages: en }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

/** The packs of the download menu and of the report, as they ship. */
export const handoverLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...en },
  partsPacks,
  handoverPacks,
);
