// Loads the words of the task monitor: its own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { LocaleSource } from '../types.ts';
import { en } from './en.ts';

const monitorPacks: PackImporters = {
  en: async () => ({ messages: {} }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

/** The monitor's packs, as they ship. */
export const monitorLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...en },
  partsPacks,
  monitorPacks,
);
