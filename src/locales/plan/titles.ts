import type { Language } from '../loadLocale.ts';

/** The name of the tool in every language. A host's toolbar asks for it before any pack could have been loaded. */
export const planTitles = {
  en: 'Plan an area',
  de: 'Gebiet planen',
  fr: 'Planifier une zone',
  es: 'Planificar una zona',
  ja: 'エリアの計画',
  ar: 'تخطيط منطقة',
} as const satisfies Record<Language, string>;
