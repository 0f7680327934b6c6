import { type ReactNode, useMemo } from 'react';
import type { MessageValues, Translator } from '../locales/createTranslator.ts';
import type { HandoverMessageKey } from '../locales/handover/en.ts';
import { handoverLocales } from '../locales/handover/handoverLocales.ts';
import { MessagesContext, useTranslator } from '../parts/MessagesContext.ts';
import { useTranslation } from '../parts/useTranslation.ts';

/** The words of the download menu and of the report, beside those of the parts. */
export interface HandoverWords extends Omit<Translator, 'msg'> {
  msg(key: HandoverMessageKey | Parameters<Translator['msg']>[0], values?: MessageValues): string;
}

/** The application's own words stand in the provider around. */
const NO_HOST = {};

/** Adds these words to the ones around, in the same language. It shows nothing for the moment in which they are fetched. */
export function HandoverWordsProvider({ children }: { children: ReactNode }) {
  const outer = useTranslator();
  const own = useTranslation({ app: NO_HOST, group: '', locales: handoverLocales, language: outer.language });
  const words = useMemo((): Translator | undefined => {
    if (!own) return undefined;
    // Whoever replaces a word does it around us.
    const find: Translator['find'] = (key, values) => outer.find(key, values) ?? own.find(key, values);
    return { ...own, find, msg: (key, values) => find(key, values) ?? key };
  }, [outer, own]);
  return words ? <MessagesContext.Provider value={words}>{children}</MessagesContext.Provider> : null;
}

export function useHandoverWords(): HandoverWords {
  const words = useTranslator();
  return useMemo(() => ({ ...words, msg: (key, values) => words.find(key, values) ?? key }), [words]);
}
