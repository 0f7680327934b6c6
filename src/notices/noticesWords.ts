import { createTranslator, type Translator } from '../locales/createTranslator.ts';
import { noticesLocales } from '../locales/notices/noticesLocales.ts';
import type { Words } from '../locales/types.ts';

/** The sources of the words. */
export interface NoticesWords {
  /** The plugin's own task: its title is that of the plugin. */
  taskName: string;
  /** The plugin's option `messages`. */
  messages?: Words | undefined;
  /** The words of the plugin and its host, at the time of use. */
  translator(): Translator;
  /** BCP 47, at the time of use. */
  language(): string;
  /** Fetches the plugin's words for that language. */
  load(): Promise<unknown>;
}

/**
 * The words of the plugin and of its host, and under them those of the notices. The plugin's own task is called as the plugin
 * is, where nobody gave it a title.
 */
export function noticesTranslator({ taskName, messages, translator, language }: NoticesWords): Translator {
  const plugin = translator();
  const hostLanguage = language();
  const own = createTranslator({
    locale: noticesLocales.of(hostLanguage),
    hostLanguage,
    overrides: messages,
  });
  const find: Translator['find'] = (key, values) => {
    const text = plugin.find(key, values) ?? own.find(key, values);
    if (text !== undefined) return text;
    if (key === `task_${taskName}`) return plugin.find('title');
    return key === `ended_${taskName}` ? plugin.find('result_heading', values) : undefined;
  };
  return { ...own, find, msg: (key, values) => find(key, values) ?? key };
}
