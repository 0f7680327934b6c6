import type { MessageKey } from './customerConnection/en.ts';
import { inDevelopment } from './development.ts';
import { formatMessage } from './format.ts';
import { directionOf } from './language.ts';
import type { MonitorMessageKey } from './monitor/en.ts';
import type { NoticesMessageKey } from './notices/en.ts';
import type { PlanMessageKey } from './plan/en.ts';
import type { Locale, Words } from './types.ts';

export type MessageValues = Readonly<Record<string, unknown>>;

/** The texts of the user interface in one language. */
export interface Translator {
  /** For Intl: numbers, lengths, durations. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  msg(
    key: MessageKey | MonitorMessageKey | NoticesMessageKey | PlanMessageKey,
    values?: MessageValues,
  ): string;
  /** For keys made of what a server said, such as `error_CODE`; undefined where nobody has words for it. */
  find(key: string, values?: MessageValues): string | undefined;
}

export interface TranslatorLayers {
  locale: Locale;
  /** The host's language: its own messages are formatted for it, even where we have no pack. */
  hostLanguage?: string;
  /** The host's words for a key, in this language only. */
  lookup?: (key: string, language: string) => string | undefined;
  /** The plugin's option `messages`. */
  overrides?: Words | undefined;
}

/**
 * Layers the words; the first that has the key says it. English that stands in for a pack's missing key is marked
 * in development: ⟦Close⟧.
 */
export function createTranslator({ locale, lookup, overrides, ...host }: TranslatorLayers): Translator {
  const { language, messages, english } = locale;
  const { hostLanguage = language } = host;
  const direction = directionOf(language);
  const englishFor = messages ? 'en' : language;
  const find = (key: string, values: MessageValues = {}): string | undefined => {
    // A host's answer is not to be trusted to be a text.
    const say = (text: string | undefined, words: string) =>
      typeof text === 'string' ? formatMessage(text, values, words) : undefined;
    const own =
      say(wordIn(overrides, key), hostLanguage) ??
      say(translated(lookup?.(key, hostLanguage)), hostLanguage) ??
      say(translated(wordIn(messages, key)), language);
    if (own !== undefined) return own;
    const text = say(translated(lookup?.(key, 'en')), englishFor) ?? say(wordIn(english, key), englishFor);
    if (text === undefined || !messages) return text;
    const said = inDevelopment() ? `⟦${text}⟧` : text;
    // English within Arabic: isolated, or its full stop and leading number would change sides.
    return direction === 'rtl' ? `\u2066${said}\u2069` : said;
  };
  return {
    language,
    direction,
    find,
    msg: (key, values) => find(key, values) ?? key,
  };
}

/** Tools of translators write an empty text where nobody has translated one. */
function translated(text: string | undefined): string | undefined {
  return typeof text === 'string' && text.trim() === '' ? undefined : text;
}

function wordIn(words: Words | undefined, key: string): string | undefined {
  return words && Object.hasOwn(words, key) ? words[key] : undefined;
}
