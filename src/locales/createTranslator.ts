import type { MessageKey } from './en.ts';
import { formatMessage } from './format.ts';
import { directionOf } from './intl.ts';
import type { Locale } from './loadLocale.ts';

export type MessageValues = Readonly<Record<string, unknown>>;

/** What the user interface says, in one language. */
export interface Translator {
  /** For Intl: numbers, lengths, durations. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  msg(key: MessageKey, values?: MessageValues): string;
  /** For keys made of what a server said, such as `error_CODE`; undefined where nobody has words for it. */
  find(key: string, values?: MessageValues): string | undefined;
}

export interface TranslatorLayers {
  locale: Locale;
  /** The host's language: its own messages are formatted for it, even where we have no pack. */
  hostLanguage?: string;
  /** The host's words for a key of the LRT group, which go before ours. */
  lookup?: (key: string) => string | undefined;
  /** The plugin's option `messages`, which goes before everything. */
  overrides?: Readonly<Record<string, string>>;
}

/** Layers the words: our pack, over it the host's messages, over them the plugin's option. */
export function createTranslator({ locale, hostLanguage, lookup, overrides }: TranslatorLayers): Translator {
  const packs: Readonly<Record<string, string | undefined>> = locale.messages;
  const find = (key: string, values: MessageValues = {}): string | undefined => {
    const own = overrides && Object.hasOwn(overrides, key) ? overrides[key] : lookup?.(key);
    if (own !== undefined) return formatMessage(own, values, hostLanguage ?? locale.language);
    const template = Object.hasOwn(packs, key) ? packs[key] : undefined;
    return template === undefined ? undefined : formatMessage(template, values, locale.language);
  };
  return {
    language: locale.language,
    direction: directionOf(locale.language),
    find,
    msg: (key, values) => find(key, values) ?? key,
  };
}
