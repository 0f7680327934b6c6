import { useEffect, useMemo, useState } from 'react';
import type { HostApplication, Msg } from '../host/types.ts';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { loadedLocale, loadLocale } from '../locales/loadLocale.ts';

/** The message group of the plugin: what a host's message file calls its overrides. */
export const MESSAGE_GROUP = 'LRT';

export interface MessageSources {
  app: HostApplication;
  /** The host's hook: renders again when the language changes. */
  useLocale(group: string): { msg: Msg; language?: string };
  /** Before the host's language. */
  language?: string | undefined;
  /** Before the host's words. */
  messages?: Readonly<Record<string, string>> | undefined;
}

/**
 * The words in the user's language. Undefined for the moment in which its pack is fetched; a pack that cannot be
 * fetched leaves the modal in English rather than without words.
 */
export function useMessages({ app, useLocale, ...options }: MessageSources): Translator | undefined {
  const host = useLocale(MESSAGE_GROUP);
  const language = options.language ?? languageOf(app, host.language);
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    let current = true;
    const settle = () => {
      if (current) setSettled(language);
    };
    loadLocale(language).then(settle, settle);
    return () => {
      current = false;
    };
  }, [language]);

  const locale = loadedLocale(language) ?? (settled === language ? loadedLocale('en') : undefined);
  const { messages } = options;
  return useMemo(
    () =>
      locale &&
      createTranslator({
        locale,
        hostLanguage: language,
        lookup: (key) => hostMessage(app, host.msg, key),
        ...(messages ? { overrides: messages } : {}),
      }),
    [locale, language, app, host.msg, messages],
  );
}

export function languageOf(app: HostApplication, hinted?: string): string {
  return hinted ?? app.localisation?.language ?? (document.documentElement.lang || 'en');
}

/** A host without `lookup` answers an unknown key with the key itself. */
export function hostMessage(app: HostApplication, msg: Msg | undefined, key: string): string | undefined {
  if (app.localisation) return app.localisation.lookup(MESSAGE_GROUP, key);
  const text = msg?.(key);
  return text === key ? undefined : text;
}
