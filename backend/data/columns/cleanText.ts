import { LIMITS } from '../limits.ts';
import { hstoreTags } from './hstoreTags.ts';

/** Databases do not keep these; U+FFFD is where an earlier program lost a character. */
const BAD = /[^\P{Cc}\t\n\r]|[\p{Surrogate}\ufffd]/u;
const ALL_BAD = /[^\P{Cc}\t\n\r]|\p{Surrogate}/gu;

export interface Cleaned {
  text: string;
  /** A character was lost before, or here. */
  damaged: boolean;
}

/** A text that every store can keep. */
export function cleanText(input: string): Cleaned {
  const trimmed = input.trim();
  const cut = trimmed.length > LIMITS.valueText ? trimmed.slice(0, LIMITS.valueText) : trimmed;
  if (!BAD.test(cut)) return { text: cut, damaged: cut.length < trimmed.length };
  return {
    text: cut
      .replace(ALL_BAD, '')
      .replace(/\ufffd+/gu, '?')
      .trim(),
    damaged: true,
  };
}

/** Values as they are stored: texts, numbers, booleans and nulls, each under a name that can be stored. */
export function cleanProperties(
  input: Record<string, unknown>,
  onDamaged: () => void,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input)
      .flatMap(withTags)
      .map(([key, value]) => {
        const name = cleanName(key);
        if (typeof value === 'string') {
          const { text, damaged } = cleanText(value);
          if (damaged) onDamaged();
          return [name, text];
        }
        if (typeof value === 'number') return [name, Number.isFinite(value) ? value : null];
        return [name, typeof value === 'boolean' ? value : null];
      }),
  );
}

/** Tags that stand in one column become properties of their own. */
function withTags([key, value]: [string, unknown]): [string, unknown][] {
  if (key !== 'other_tags' && key !== 'all_tags') return [[key, value]];
  return (typeof value === 'string' && hstoreTags(value)) || [[key, value]];
}

const NAMES = new Map<string, string>();

/** Names come again with each feature. */
function cleanName(key: string): string {
  const known = NAMES.get(key);
  if (known !== undefined) return known;
  const name = cleanText(key.slice(0, 200)).text || 'unnamed';
  if (NAMES.size > 5_000) NAMES.clear();
  NAMES.set(key, name);
  return name;
}
