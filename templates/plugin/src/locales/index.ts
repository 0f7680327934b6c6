import type { HostApplication } from 'lrt-plugin/host';
import { de } from './de.ts';
import { en } from './en.ts';

/** The message group: what the host's own message files call the words of this plugin. */
export const GROUP = 'PLACE_CLOSURES';

/** Another language is another file, and another line here. */
export const packs: Record<string, typeof en> = { en, de };

/** A word where React is not: the button's title. Without placeholders. */
export function wordFor(app: Pick<HostApplication, 'localisation'>, key: string): string {
  const [language = 'en'] = (app.localisation?.language ?? document.documentElement.lang).split('-');
  const words: Record<string, string> = packs[language] ?? en;
  return words[key] ?? key;
}
