import { isRecord } from '../contract/index.ts';
import { baseOf, directionOf, languageTag } from '../locales/language.ts';
import type { HostLocalisation } from './contract.ts';
import { Events } from './events.ts';

/** Texts by group and key, of one language: `{ "LRT": { "title": "Connect customers" } }`. */
export type MessageFile = Record<string, Record<string, string>>;

export const FALLBACK_LANGUAGE = 'en';

/**
 * The canonical tag of a language. Throws a RangeError that shows what a language tag looks like.
 *
 * @example requireLanguage('AR-eg') // 'ar-EG'
 */
export function requireLanguage(language: string): string {
  const tag = languageTag(language);
  if (tag !== undefined) return tag;
  throw new RangeError(`'${language}' is not a language tag; give one such as 'en', 'de' or 'pt-BR'`);
}

export interface LanguageSetting {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
}

function settingFor(tag: string): LanguageSetting {
  const language = requireLanguage(tag);
  return { language, direction: directionOf(language) };
}

/** Puts values in the place of `{name}`; a placeholder without a value stays as it is. */
export function fillPlaceholders(text: string, values: Record<string, unknown> = {}): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  );
}

/**
 * Messages in layers: what is loaded later wins, key by key. A lookup goes from the user's language ('pt-BR', then
 * 'pt') to English, unless it is asked for one language. Fires 'changed' when texts were added or the language is another.
 */
export class Localisation extends Events implements HostLocalisation {
  readonly #texts = new Map<string, Map<string, Map<string, string>>>();
  #setting: LanguageSetting;

  constructor(language: string) {
    super();
    this.#setting = settingFor(language);
  }

  get language(): string {
    return this.#setting.language;
  }

  get direction(): 'ltr' | 'rtl' {
    return this.#setting.direction;
  }

  /** Another object after each change: what was formatted before is then out of date. */
  get setting(): LanguageSetting {
    return this.#setting;
  }

  setLanguage(language: string): void {
    const next = settingFor(language);
    if (next.language === this.language) return;
    this.#setting = next;
    this.fire('changed');
  }

  /** Adds a message file. Throws a TypeError that names the first entry of the wrong shape; then nothing is added. */
  loadMessages(language: string, messages: unknown): void {
    const tag = requireLanguage(language);
    if (!isRecord(messages)) {
      throw new TypeError(
        `messages for '${tag}' must be an object of groups: { "GROUP": { "key": "text" } }`,
      );
    }
    const entries: [group: string, key: string, text: string][] = [];
    for (const [group, texts] of Object.entries(messages)) {
      if (!isRecord(texts)) {
        throw new TypeError(`messages for '${tag}', group '${group}', must be an object: { "key": "text" }`);
      }
      for (const [key, text] of Object.entries(texts)) {
        if (typeof text !== 'string') {
          throw new TypeError(`message '${group}.${key}' for '${tag}' must be a text, and is ${typeof text}`);
        }
        entries.push([group, key, text]);
      }
    }
    const groups = this.#texts.get(tag) ?? new Map<string, Map<string, string>>();
    this.#texts.set(tag, groups);
    for (const [group, key, text] of entries) {
      const texts = groups.get(group) ?? new Map<string, string>();
      groups.set(group, texts.set(key, text));
    }
    this.#setting = { ...this.#setting };
    this.fire('changed');
  }

  lookup(group: string, key: string, language?: string): string | undefined {
    const wanted = language ?? this.language;
    const tags = [wanted, baseOf(wanted)];
    if (language === undefined) tags.push(FALLBACK_LANGUAGE);
    for (const tag of tags) {
      const text = this.#texts.get(tag)?.get(group)?.get(key);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  msg(group: string, key: string, values?: Record<string, unknown>): string {
    return fillPlaceholders(this.lookup(group, key) ?? key, values);
  }
}
