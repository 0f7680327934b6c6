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
  const around = useTranslator();
  const { language } = around;
  const words = useTranslation({ app, group: 'LRT', locales: previewLocales, language });
  if (!words) return null;
  // The plugin around it has words for the remarks and the pieces of its own task.
  const find: Translator['find'] = (key, values) => words.find(key, values) ?? around.find(key, values);
  return children({ ...words, find, msg: (key, values) => find(key, values) ?? key });
}
