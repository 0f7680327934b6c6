/** Gives a run view its words in the user's language, and nothing for the moment in which they are fetched. */
import { type ReactNode, useState } from 'react';
import { workflowLocalesWith } from '../../locales/workflow/workflowLocales.ts';
import { MessagesContext } from '../../parts/MessagesContext.ts';
import { useTranslation } from '../../parts/useTranslation.ts';
import type { RunPageProps } from '../run/runPageProps.ts';

/** The message group of a host's files whose words go before ours. */
const MESSAGE_GROUP = 'LRT';

export function WorkflowWordsProvider({
  app,
  packs,
  language,
  children,
}: Pick<RunPageProps, 'app' | 'packs' | 'language'> & { children: ReactNode }) {
  // Read once: an object literal in a component is another one each time.
  const [locales] = useState(() => workflowLocalesWith(packs));
  const translator = useTranslation({ app, group: MESSAGE_GROUP, locales, language });
  return translator ? (
    <MessagesContext.Provider value={translator}>{children}</MessagesContext.Provider>
  ) : null;
}
