// Loads the words of a workflow's run view: its own, those of a run's page, and those of the parts.
import { en as partsEnglish } from '../en.ts';
import { type PackImporters, packTools, partsPacks, shippedLocales } from '../loadLocale.ts';
import { localesOf } from '../packs.ts';
import { en as runEnglish } from '../run/en.ts';
import { runPacks } from '../run/runLocales.ts';
import type { LocaleSource, Packs } from '../types.ts';
import { en } from './en.ts';

const workflowPacks: PackImporters = {
  en: async () => ({ messages: en }),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  ja: () => import('./ja.ts'),
  ar: () => import('./ar.ts'),
};

const workflowLocales: LocaleSource = /* @__PURE__ */ shippedLocales(
  { ...partsEnglish, ...runEnglish, ...en },
  partsPacks,
  runPacks,
  workflowPacks,
);

/** The packs of a run view, and over them those that an application has for its tasks. */
export function workflowLocalesWith(packs: Packs | undefined): LocaleSource {
  return packs ? localesOf(packs, packTools(workflowLocales)) : workflowLocales;
}
