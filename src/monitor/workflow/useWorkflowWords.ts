/** The words of a run view in the user's language, for its components. */
import { useMemo } from 'react';
import type { MessageValues, Translator } from '../../locales/createTranslator.ts';
import type { RunMessageKey } from '../../locales/run/en.ts';
import type { WorkflowMessageKey } from '../../locales/workflow/en.ts';
import { useMessages } from '../../parts/MessagesProvider.tsx';

/** The words of a run view, beside those of a run's page and of the parts. */
export interface WorkflowWords extends Omit<Translator, 'msg'> {
  msg(
    key: WorkflowMessageKey | RunMessageKey | Parameters<Translator['msg']>[0],
    values?: MessageValues,
  ): string;
}

/** The words of the nearest provider; the view provides them. */
export function useWorkflowWords(): WorkflowWords {
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
