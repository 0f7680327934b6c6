// Loads the words of notices about tasks: their own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { LocaleSource } from '../types.ts';
import { en } from './en.ts';

const noticesPacks: PackImporters = {
  en: async () => ({ messages: {} }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

/** The packs of the notices, as they ship. */
export const noticesLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...en },
  partsPacks,
  noticesPacks,
);
