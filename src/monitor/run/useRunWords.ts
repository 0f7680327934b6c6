/** The words of a run's page in the user's language, for its components. */
import { useMemo } from 'react';
import type { MessageValues, Translator } from '../../locales/createTranslator.ts';
import type { RunMessageKey } from '../../locales/run/en.ts';
import { useMessages } from '../../parts/MessagesProvider.tsx';

/** The words of a run's page, beside those of the parts. */
export interface RunWords extends Omit<Translator, 'msg'> {
  msg(key: RunMessageKey | Parameters<Translator['msg']>[0], values?: MessageValues): string;
}

/** The words of the nearest provider; the page provides them. */
export function useRunWords(): RunWords {
  const messages = useMessages();
  return useMemo(
    () => ({
      language: messages.language,
      direction: messages.direction,
      find: (key, values) => messages.find(key, values),
      msg: (key, values) => messages.msg(key, values),
    }),
    [messages],
  );
}
