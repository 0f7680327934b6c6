// Loads the words of the task monitor: its own over those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, partsPacks, shippedLocales } from '../loadLocale.ts';
import type { LocaleSource } from '../types.ts';

const monitorPacks: PackImporters = {
  en: async () => ({ messages: {} }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

let loading: Promise<LocaleSource> | undefined;

/**
 * Fetches the monitor's English words, which every other language stands on, and returns the packs as they ship. They are the
 * same object each time. Rejects where the words cannot be fetched, and the next call tries again.
 */
export function loadMonitorLocales(): Promise<LocaleSource> {
  loading ??= import('./en.ts').then(
    ({ en }) => shippedLocales({ ...partsEnglish, ...en }, partsPacks, monitorPacks),
    (thrown) => {
      loading = undefined;
      throw thrown;
    },
  );
  return loading;
}
