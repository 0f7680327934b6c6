import type { ReactNode } from 'react';
import type { HostApplication } from '../host/contract.ts';
import type { MessageValues, Translator } from '../locales/createTranslator.ts';
import type { PreviewMessageKey } from '../locales/preview/en.ts';
import { previewLocales } from '../locales/preview/previewLocales.ts';
import { useTranslator } from './MessagesContext.ts';
import { useTranslation } from './useTranslation.ts';

/** The words of previews and of undoing, beside those of the parts. */
export interface PreviewWords extends Omit<Translator, 'msg'> {
  msg(key: PreviewMessageKey | Parameters<Translator['msg']>[0], values?: MessageValues): string;
}

/** Gives `children` the words in the language around it, once they are fetched. */
export function WithPreviewWords({
  app,
  children,
}: {
  app: Pick<HostApplication, 'localisation'>;
  children: (words: PreviewWords) => ReactNode;
}) {
  const { language } = useTranslator();
  const words = useTranslation({ app, group: 'LRT', locales: previewLocales, language });
  if (!words) return null;
  return children({ ...words, msg: (key, values) => words.find(key, values) ?? key });
}
