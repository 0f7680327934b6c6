// Loads the words of previews and of undoing, over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { LocaleSource } from '../types.ts';
import { en } from './en.ts';

const previewPacks: PackImporters = {
  en: async () => ({ messages: en }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

export const previewLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...en },
  partsPacks,
  previewPacks,
);
