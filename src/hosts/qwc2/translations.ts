import { titles } from '../../locales/customerConnection/titles.ts';
import { type Language, packFor } from '../../locales/loadLocale.ts';

/** QWC2's own translations use these codes for the languages that we have. */
const CODES: Record<Language, string> = {
  en: 'en-US',
  de: 'de-DE',
  fr: 'fr-FR',
  es: 'es-ES',
  ja: 'ja-JP',
  ar: 'ar-EG',
};

/**
 * Makes the translations for `window.qwc2.addPlugin`. They hold the label of the menu entry, which is all of ours that
 * QWC2 itself shows. QWC2 looks for exactly the language that it runs in ('de-CH') and takes no other in its place, so
 * the result has that one too.
 *
 * @example
 * qwc2Translations('Lrt', 'de-CH')['de-CH']; // { appmenu: { items: { Lrt: 'Kundenanschlüsse' } } }
 */
export function qwc2Translations(task: string, current: string): Record<string, object> {
  const title = (code: string) => ({ appmenu: { items: { [task]: titles[packFor(code)] } } });
  return Object.fromEntries([...Object.values(CODES), current].map((code) => [code, title(code)]));
}
