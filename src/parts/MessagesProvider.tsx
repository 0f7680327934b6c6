import { type ReactNode, useState } from 'react';
import type { HostApplication } from '../host/contract.ts';
import type { MessageValues, Translator } from '../locales/createTranslator.ts';
import { packTools, partsLocales } from '../locales/loadLocale.ts';
import { localesOf } from '../locales/packs.ts';
import type { Packs } from '../locales/types.ts';
import { MessagesContext, useTranslator } from './MessagesContext.ts';
import { type HostTexts, useTranslation } from './useTranslation.ts';

export interface MessagesProviderProps {
  app: Pick<HostApplication, 'localisation'>;
  /** The message group of your plugin in the host's files. */
  group: string;
  /**
   * Your words by language tag, read once: `{ en: {...}, de: () => import('./de.ts') }`. Over the words of the parts.
   */
  packs?: Packs | undefined;
  /** The value of the host's `useLocale(group)`: its texts go before yours, and the provider follows its language. */
  host?: HostTexts | undefined;
  /** BCP 47; before the host's language. */
  language?: string | undefined;
  /** Texts that go before all others. */
  messages?: Readonly<Record<string, string>> | undefined;
  children?: ReactNode;
}

/**
 * The words for what is inside, in layers: `messages`, the host's, yours, the parts' own. Shows nothing for the moment
 * in which a pack is fetched.
 */
export function MessagesProvider({ children, packs = {}, ...sources }: MessagesProviderProps) {
  // An object literal in a component is another one each time, and must not be fetched each time.
  const [locales] = useState(() => localesOf(packs, packTools(partsLocales), true));
  const translator = useTranslation({ ...sources, locales });
  return translator ? (
    <MessagesContext.Provider value={translator}>{children}</MessagesContext.Provider>
  ) : null;
}

/** The messages of a plugin in the user's language. */
export interface AuthorMessages extends Omit<Translator, 'msg'> {
  /** The text with its placeholders filled, or the key itself if there is no text for it. */
  msg(key: string, values?: MessageValues): string;
}

/**
 * The messages of the nearest MessagesProvider.
 *
 * @example
 * const { msg } = useMessages();
 * return <Button>{msg('start')}</Button>;
 */
export function useMessages(): AuthorMessages {
  return useTranslator();
}
