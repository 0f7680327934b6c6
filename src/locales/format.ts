import { numberFormat, pluralRules } from './intl.ts';
import { directionOf } from './language.ts';

/**
 * The part of ICU MessageFormat that the message packs use: `{name}`, `{name, number}` and
 * `{name, plural, =0 {...} one {...} other {...}}` with `#` for the number. No apostrophe quoting: French needs
 * its apostrophes. Our own few lines, because intl-messageformat weighs more than the whole plugin may.
 */
const ARGUMENT = /\s*(\w+)\s*(?:(\})|,\s*number\s*(\})|,\s*plural\s*,)/y;
const BRANCH = /\s*(?:=(\d+)|(zero|one|two|few|many|other))\s*\{/y;
const CLOSING = /\s*\}/y;

class Malformed extends Error {}

/**
 * Fills a message's placeholders. Values are plain text and never read as templates; a placeholder without a value
 * and a malformed template are shown as they are, so that a mistake in a pack is seen and does no harm.
 */
export function formatMessage(
  template: string,
  values: Readonly<Record<string, unknown>>,
  language: string,
): string {
  if (!/[{}]/.test(template)) return template;
  let at = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(template);
    if (match) at = pattern.lastIndex;
    return match;
  };

  /** Reads text up to the end of the template or, inside a plural branch, up to its closing brace. */
  const text = (hash?: string): string => {
    let out = '';
    for (; at < template.length; ) {
      const character = template.charAt(at++);
      if (character === '{') out += argument();
      else if (character === '}') {
        if (hash === undefined) throw new Malformed();
        return out;
      } else out += character === '#' && hash !== undefined ? hash : character;
    }
    if (hash !== undefined) throw new Malformed();
    return out;
  };

  const argument = (): string => {
    const start = at - 1;
    const match = take(ARGUMENT);
    const name = match?.[1];
    if (!match || name === undefined) throw new Malformed();
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (match[2] ?? match[3]) {
      return value === undefined ? template.slice(start, at) : show(value, language);
    }
    const count = typeof value === 'number' ? value : 0;
    const category = pluralRules(language).select(count);
    const shown = value === undefined ? '#' : show(value, language);
    const branches: Record<string, string> = {};
    for (let branch = take(BRANCH); branch; branch = take(BRANCH)) {
      branches[branch[1] === undefined ? String(branch[2]) : `=${branch[1]}`] = text(shown);
    }
    const { other } = branches;
    if (other === undefined || !take(CLOSING)) throw new Malformed();
    return branches[`=${count}`] ?? branches[category] ?? other;
  };

  try {
    return text();
  } catch (error) {
    if (error instanceof Malformed) return template;
    throw error;
  }
}

/** Letters of the scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Any other letter. */
const LEFT_TO_RIGHT = /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\p{L}/u;

/**
 * Writes a value. A name in letters of the other direction is isolated: or '12 Mill Lane' in an Arabic sentence would read
 * 'Mill Lane 12'.
 */
function show(value: unknown, language: string): string {
  if (typeof value === 'number') return numberFormat(language).format(value);
  const text = String(value);
  const foreign = directionOf(language) === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return foreign.test(text) ? `\u2068${text}\u2069` : text;
}
