import { numberFormat } from '../locales/intl.ts';

export const MIN_COUNT = 1;
export const MAX_COUNT = 100_000;
/** The number of connections that the modal offers at first, where nobody says otherwise. */
export const DEFAULT_COUNT = 2000;

/**
 * Reads a whole number as people of that language write it: '2,000', '2.000' in German, '٢٠٠٠', '２０００'. Undefined
 * where it is anything else ('1.5', '-1', 'abc', '1e9') or out of range: a wrong guess would build a wrong network.
 */
export function parseCount(text: string, language: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .trim();
  const group = numberFormat(language)
    .formatToParts(1_000_000)
    .find(({ type }) => type === 'group')?.value;
  const separators = [
    '\u2019',
    "'",
    ' ',
    '\u066c',
    ...(group === undefined ? [] : [group.normalize('NFKC')]),
  ];
  const used = separators.find((separator) => plain.includes(separator));
  const groups = used === undefined ? [plain] : plain.split(used);
  const wellFormed = groups.every((digits, index) =>
    index === 0
      ? /^\d+$/.test(digits) && (groups.length === 1 || digits.length <= 3)
      : /^\d{3}$/.test(digits),
  );
  const value = Number(groups.join(''));
  return wellFormed && value >= MIN_COUNT && value <= MAX_COUNT ? value : undefined;
}
