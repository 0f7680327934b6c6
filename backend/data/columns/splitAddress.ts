export interface SplitAddress {
  number: string;
  street: string;
  /** Flat, suite, door: '2' of 'Flat 2, 5 High Street'. */
  unit?: string;
}

// \p{Nd} are digits of all scripts.
const NUMBER = String.raw`\p{Nd}+½?(?:\s?[-–/]\s?\p{Nd}+)*(?:\s?\p{Nd}\/\p{Nd})?(?:\s?[a-zA-Zа-яА-Я](?![\p{L}\p{M}]))?(?:\s?(?:bis|ter|quater)(?!\p{L}))?(?:[-/]\p{Nd}*[a-zA-Z]?(?![\p{L}]))?`;
const NUMBER_WORD = String.raw`(?:n[.ºo°]{1,2}:?\s*|no(?::|\.?:?\s)\s*|nr\.?:?\s*|#\s*|№\s*|(?:д|буд)(?:ом|\.)\s*|رقم\s+)`;
const ONLY_NUMBER = new RegExp(`^(?:${NUMBER_WORD}|n\\s*)?(${NUMBER})$`, 'iu');
const NUMBER_FIRST = new RegExp(
  `^(${NUMBER})[\\s,،]+((?:(?!\\p{Nd})|(?=\\p{Nd}+(?:st|nd|rd|th|[ºª])(?!\\p{L})))\\S.*)$`,
  'iu',
);
/** '12 E Main St': this letter belongs to the street. */
const DIRECTION = /\s[NSEW]$/;
/** 'Mannerheimintie 5 A 3': the stair is said with the number, and the flat follows. */
const STAIR_LAST = /^(.*\p{L}.*)\s(\p{Nd}+\s[A-Z])$/u;
const NUMBER_LAST = new RegExp(
  `^(.*?[^\\p{Nd}\\s,#].*?|[^\\p{Nd}\\s,#])[\\s,،]+${NUMBER_WORD}?(${NUMBER})$`,
  'iu',
);
const JAPANESE =
  /^(.*?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])\s*([\p{Nd}一二三四五六七八九十]*\p{Nd}+(?:(?:丁目|番地の?|番|号|の|[-－−‐ー–])\s*\p{Nd}*)*(?:号室)?)$/u;

const UNIT_WORD = String.raw`(?:flat|apartment|apt|unit|suite|ste|room|wohnung|whg|top|appartement|appt|lgh|lok|daire|кв|квартира|شقة)`;
/** It has a digit, or is a letter: 'Ste Anne' is a street. */
const UNIT_NAME = String.raw`(?:\p{L}|(?=\p{L}*\p{Nd})[\p{L}\p{Nd}]{1,6})(?:[-/][\p{L}\p{Nd}]{1,6})?`;
const ONLY_UNIT = new RegExp(`^(?:${UNIT_WORD}(?:\\.\\s*|\\s+)|#\\s*)#?\\s*(${UNIT_NAME})$`, 'iu');
/** 'Flat 2 5 High Street': the unit's name is a number, and the address follows. */
const UNIT_FIRST = new RegExp(`^${UNIT_WORD}\\.?\\s+(\\p{Nd}+[a-zA-Z]?)\\s+(?=\\p{Nd})`, 'iu');
const UNIT_LAST = new RegExp(`[\\s]+(?:(?:${UNIT_WORD}\\.?|m\\.|d:)\\s*#?|#)\\s*(${UNIT_NAME})$`, 'iu');
/** '1051 Budapest' and 'VIC 3199': a postcode and a town, where they may also be a number and a street. */
const POSTCODE_FIRST = /^\p{Nd}{4,6}\s+[^\s\p{Nd}]+$/u;
const POSTCODE_LAST = /\p{Nd}{4,}$/u;

/**
 * Takes a full address apart: '12 Main St', 'Hauptstr. 12a, 12345 Berlin', '12, rue de la Paix', 'Calle Mayor, 5',
 * 'Flat 2, 5 High Street', Japanese and Arabic ones. Undefined where it has no number.
 */
export function splitAddress(address: string): SplitAddress | undefined {
  const text = address
    .replace(/\s+/g, ' ')
    .replace(/[\s.,;]+$/, '')
    .trim();
  if (text === '' || text.length > 300) return undefined;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) {
    const [, street, number] = JAPANESE.exec(text) ?? [];
    if (street && number) return { street: street.trim(), number };
  }
  let unit: string | undefined;
  const parts: string[] = [];
  // 'Av. Paulista, 1578 - Bela Vista': such a dash stands for a comma.
  for (const part of text.replace(UNIT_FIRST, 'unit $1, ').split(/\s*[,،;]\s*|\s+[-–]\s+(?=\p{L})/u)) {
    const alone = ONLY_UNIT.exec(part)?.[1];
    if (alone !== undefined) unit ??= alone;
    else if (part !== '') parts.push(part);
  }
  const split = splitParts(parts);
  // Two numbers are a place, or a code.
  if (!split || !/\p{L}/u.test(split.street)) return undefined;
  const last = UNIT_LAST.exec(split.street);
  if (last) {
    unit ??= last[1];
    split.street = split.street.slice(0, last.index).trim();
  }
  return unit === undefined ? split : { ...split, unit };
}

function splitParts(parts: readonly string[]): SplitAddress | undefined {
  const [first = '', second] = parts;
  // '12, rue de la Paix'.
  const alone = ONLY_NUMBER.exec(first)?.[1];
  if (alone !== undefined) return second === undefined ? undefined : { number: alone, street: second };
  // '1051 Budapest, Fő utca 5': the town stands first.
  const ofSecond = second === undefined ? undefined : splitPart(second);
  if (ofSecond && POSTCODE_FIRST.test(first) && !isTown(second)) return ofSecond;
  const ofFirst = splitPart(first);
  if (ofFirst) return ofFirst;
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    // 'Calle Mayor, 5' and 'г. Москва, ул. Ленина, д. 5'.
    const number = ONLY_NUMBER.exec(part)?.[1];
    const street = parts[index - 1];
    if (number !== undefined && street !== undefined && !/\p{Nd}{5}/u.test(number)) return { street, number };
    // 'Rose Cottage, 12 Main St'.
    if (!isTown(part)) {
      const split = splitPart(part);
      if (split) return split;
    }
  }
  return undefined;
}

/** 'VIC 3199', '12345 Berlin'. */
function isTown(part: string | undefined): boolean {
  return part === undefined || POSTCODE_FIRST.test(part) || POSTCODE_LAST.test(part);
}

function splitPart(whole: string): SplitAddress | undefined {
  const last = UNIT_LAST.exec(whole);
  const split = last ? splitNumber(whole.slice(0, last.index)) : undefined;
  const unit = last?.[1];
  return split && unit !== undefined ? { ...split, unit } : splitNumber(whole);
}

function splitNumber(part: string): SplitAddress | undefined {
  const before = NUMBER_FIRST.exec(part);
  if (before?.[1] && before[2] && !/^(st|nd|rd|th)\b/i.test(before[2]))
    return DIRECTION.test(before[1])
      ? { number: before[1].slice(0, -2), street: part.slice(before[1].length - 1).trim() }
      : { number: before[1].trim(), street: before[2].trim() };
  const after = NUMBER_LAST.exec(part);
  if (!after?.[1] || !after[2]) return undefined;
  const stair = STAIR_LAST.exec(after[1]);
  if (stair?.[1] && stair[2]) return { street: stair[1], number: stair[2], unit: after[2].trim() };
  return { street: after[1].replace(/[\s,،]+$/u, ''), number: after[2].trim() };
}
