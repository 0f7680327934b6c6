import { numberFormat } from '../locales/intl.ts';

/**
 * Reads a number of 0 or more as people of that language write it: '2,000.5', '2.000,5' in German, '٢٠٠٠', '２０００'. Undefined where it
 * is anything else ('-1', 'abc', '1e9', '1.5' in German): a wrong guess would build a wrong network.
 *
 * @param whole refuses every text with decimals
 */
export function parseNumber(text: string, language: string, whole = false): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .trim();
  const parts = numberFormat(language).formatToParts(1_000_000.5);
  const sign = (wanted: string) => parts.find(({ type }) => type === wanted)?.value.normalize('NFKC');
  const [group, decimal = '.'] = [sign('group'), sign('decimal')];
  const point = ['\u066b', decimal].find((separator) => plain.includes(separator));
  const [integer = '', decimals, ...more] = point === undefined ? [plain] : plain.split(point);
  const separators = ['\u2019', "'", ' ', '\u066c', ...(group === undefined ? [] : [group])];
  const used = separators.find((separator) => integer.includes(separator));
  const groups = used === undefined ? [integer] : integer.split(used);
  const wellFormed = groups.every((digits, index) =>
    index === 0
      ? /^\d+$/.test(digits) && (groups.length === 1 || digits.length <= 3)
      : /^\d{3}$/.test(digits),
  );
  if (!wellFormed || more.length > 0 || (decimals !== undefined && (whole || !/^\d+$/.test(decimals))))
    return undefined;
  return Number(`${groups.join('')}.${decimals ?? '0'}`);
}
