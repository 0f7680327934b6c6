import { baseOf } from '../../locales/language.ts';
import type { FeatureWords } from './FeatureWords.ts';

const PACKS: Readonly<Record<string, () => Promise<{ words: FeatureWords }>>> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  en: () => import('./en.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  ja: () => import('./ja.ts'),
};
const loaded = new Map<string, FeatureWords>();

/** The language of the words for a language: itself, or English. */
const packOf = (language: string) => (Object.hasOwn(PACKS, baseOf(language)) ? baseOf(language) : 'en');

/** Returns the words where they are there already. */
export const featureWordsNow = (language: string): FeatureWords | undefined => loaded.get(packOf(language));

export async function loadFeatureWords(language: string): Promise<FeatureWords | undefined> {
  const pack = packOf(language);
  const { words } = (await PACKS[pack]?.()) ?? {};
  if (words) loaded.set(pack, words);
  return words;
}
