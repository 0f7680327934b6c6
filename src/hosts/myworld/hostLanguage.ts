import { attempt, fieldOf, textOf } from './parseHost.ts';

/** The names under which platforms keep it. */
const NAMES = ['language', 'locale'];

/** The user's language (BCP 47), from the first of the host's objects that names one. */
export function hostLanguage(...localisations: unknown[]): string | undefined {
  for (const localisation of localisations) {
    for (const name of NAMES) {
      // 'pt_BR', as servers write it.
      const tag = textOf(fieldOf(localisation, name))?.replaceAll('_', '-');
      const [canonical] = (tag !== undefined && attempt(() => Intl.getCanonicalLocales(tag))) || [];
      if (canonical !== undefined) return canonical;
    }
  }
  return undefined;
}
