import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { HarnessPack } from './pack.ts';

export type HarnessMsg = (key: keyof HarnessPack, values?: Record<string, string | number>) => string;

const packs: Record<string, HarnessPack> = { en, de, fr, es, ja, ar };

/** Languages of the harness, each by its own name. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  ar: 'العربية',
};

/** The words of a language, English where there are none. Numbers are written as the language writes them. */
export function harnessMsg(language: string): HarnessMsg {
  const pack = packs[language] ?? en;
  const number = new Intl.NumberFormat(language);
  return (key, values = {}) =>
    pack[key].replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = values[name];
      if (value === undefined) return hole;
      return typeof value === 'number' ? number.format(value) : value;
    });
}
