import { useEffect, useMemo, useState } from 'react';
import type { HostApplication, Msg } from '../host/contract.ts';
import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { partsLocales } from '../locales/loadLocale.ts';
import type { LocaleSource } from '../locales/types.ts';

/** The texts that a host's `useLocale(group)` returns. A real host may return no more than `msg`. */
export interface HostTexts {
  msg: Msg;
  language?: string | undefined;
}

export interface MessageSources {
  app: Pick<HostApplication, 'localisation'>;
  /** The message group of the host's files. */
  group: string;
  host?: HostTexts | undefined;
  /** Before the host's language. */
  language?: string | undefined;
  /** Before the host's words. */
  messages?: Readonly<Record<string, string>> | undefined;
  /** The same object each time; default: those of the parts. */
  locales?: LocaleSource;
}

/**
 * The words in the user's language. Undefined for the moment in which its pack is fetched; a pack that cannot be
 * fetched leaves the modal in English rather than without words.
 */
export function useTranslation({
  app,
  group,
  host,
  locales = partsLocales,
  ...options
}: MessageSources): Translator | undefined {
  const language = options.language ?? languageOf(app, host?.language);
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    let current = true;
    const settle = () => {
      if (current) setSettled(language);
    };
    locales.load(language).then(settle, settle);
    return () => {
      current = false;
    };
  }, [language, locales]);

  const { messages } = options;
  const msg = host?.msg;
  const isSettled = settled === language;
  return useMemo(() => {
    const locale = locales.of(language);
    if (!locale.complete && !isSettled) return undefined;
    return createTranslator({
      locale,
      hostLanguage: language,
      lookup: (key, wanted) => hostMessage(app, msg, group, key, wanted),
      overrides: messages,
    });
  }, [language, locales, isSettled, app, msg, group, messages]);
}

export function languageOf(app: Pick<HostApplication, 'localisation'>, hinted?: string): string {
  return hinted ?? app.localisation?.language ?? (document.documentElement.lang || 'en');
}

/** A host without `lookup` answers an unknown key with the key itself. */
export function hostMessage(
  app: Pick<HostApplication, 'localisation'>,
  msg: Msg | undefined,
  group: string,
  key: string,
  language: string,
): string | undefined {
  if (typeof app.localisation?.lookup === 'function') return app.localisation.lookup(group, key, language);
  const text = msg?.(key);
  return text === key ? undefined : text;
}
