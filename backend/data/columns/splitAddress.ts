export interface SplitAddress {
  number: string;
  street: string;
}

// \p{Nd} are digits of all scripts.
const NUMBER = String.raw`\p{Nd}+(?:\s?[-–/]\s?\p{Nd}+)*(?:\s?\p{Nd}\/\p{Nd})?(?:\s?[a-zA-Z](?![\p{L}\p{M}]))?(?:\s?(?:bis|ter|quater)(?!\p{L}))?(?:[-/]\p{Nd}*[a-zA-Z]?(?![\p{L}]))?`;
const ONLY_NUMBER = new RegExp(`^(?:n[.ºo°]{0,2}\\s*|nr\\.?\\s*|#\\s*)?(${NUMBER})$`, 'iu');
const NUMBER_FIRST = new RegExp(
  `^(${NUMBER})[\\s,،]+((?:(?!\\p{Nd})|(?=\\p{Nd}+(?:st|nd|rd|th|[ºª])(?!\\p{L})))\\S.*)$`,
  'iu',
);
const NUMBER_LAST = new RegExp(
  `^(.*?[^\\p{Nd}\\s,#].*?|[^\\p{Nd}\\s,#])[\\s,،]+(?:n[.ºo°]{1,2}\\s*|no\\.?\\s+|nr\\.?\\s*|#\\s*|رقم\\s+)?(${NUMBER})$`,
  'iu',
);
const JAPANESE =
  /^(.*?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\s*([\p{Nd}一二三四五六七八九十]*\p{Nd}+(?:(?:丁目|番地の?|番|号|の|[-－−‐ー–])\s*\p{Nd}*)*(?:号室)?)$/u;

/**
 * Takes a full address apart: '12 Main St', 'Hauptstr. 12a, 12345 Berlin', '12, rue de la Paix', 'Calle Mayor, 5', Japanese
 * and Arabic ones. Undefined where it has no number.
 */
export function splitAddress(address: string): SplitAddress | undefined {
  const text = address.replace(/\s+/g, ' ').trim();
  if (text === '' || text.length > 300) return undefined;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) {
    const [, street, number] = JAPANESE.exec(text) ?? [];
    if (street && number) return { street: street.trim(), number };
  }
  const parts = text.split(/\s*[,،;]\s*/).filter((part) => part !== '');
  const [first = '', second = ''] = parts;
  // '12, rue de la Paix' and 'Calle Mayor, 5'.
  const alone = ONLY_NUMBER.exec(first)?.[1];
  if (alone !== undefined) return second === '' ? undefined : { number: alone, street: second };
  const split = splitPart(first);
  if (split) return split;
  const after = ONLY_NUMBER.exec(second)?.[1];
  if (after !== undefined) return { street: first, number: after };
  // 'Rose Cottage, 12 Main St'.
  return second === '' ? undefined : splitPart(second);
}

function splitPart(part: string): SplitAddress | undefined {
  const before = NUMBER_FIRST.exec(part);
  // '12345 Berlin' is a postcode and a town; streets have such numbers in North America, with more words after them.
  if (before?.[1] && before[2] && !/^(st|nd|rd|th)\b/i.test(before[2]))
    return { number: before[1].trim(), street: before[2].trim() };
  const last = NUMBER_LAST.exec(part);
  if (last?.[1] && last[2]) return { street: last[1].replace(/[\s,،]+$/u, ''), number: last[2].trim() };
  return undefined;
}
