const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SEXAGESIMAL =
  /^([NSEW]?)\s*([+-]?\d+(?:\.\d+)?)\s*[°º]\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:["″”]|''))?\s*([NSEW]?)$/i;

/** Degrees, minutes and seconds without signs, which need the hemisphere: '23 33 1.80 S'. O is the west of Romance languages. */
const SPACED =
  /^([NSEWO]?)\s*(\d{1,3})[\s:-]+(\d{1,2}(?:\.\d+)?)(?:[\s:-]+(\d{1,2}(?:\.\d+)?))?\s*([NSEWO]?)$/i;

/**
 * A coordinate as people write it: with a decimal comma, with separators between thousands, in degrees, minutes and seconds,
 * in digits of another script. Undefined for what is no number.
 */
export function parseNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (trimmed === '') return undefined;
  if (PLAIN.test(trimmed)) return finite(Number(trimmed));
  if (trimmed.length > 40) return undefined;
  return parseWritten(trimmed);
}

function parseWritten(written: string): number | undefined {
  const text = written
    .normalize('NFKC')
    .replace(EASTERN_DIGITS, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', '')
    .replaceAll('\u2212', '-')
    .replace(/(?<=\d)[\s'’](?=\d{3}(?:\D|$))/g, '');
  const number = withPoint(text);
  if (PLAIN.test(number)) return finite(Number(number));
  const found = SEXAGESIMAL.exec(withPoint(text));
  if (found) {
    const [, before = '', degrees = '', minutes = '0', seconds = '0', after = ''] = found;
    const size = Math.abs(Number(degrees)) + Number(minutes) / 60 + Number(seconds) / 3600;
    const negative = degrees.startsWith('-') || /[SW]/i.test(before + after);
    return finite(negative ? -size : size);
  }
  const spaced = SPACED.exec(withPoint(text));
  if (spaced) {
    const [, before = '', degrees = '', minutes = '', seconds = '0', after = ''] = spaced;
    if (before + after === '' || Number(minutes) >= 60 || Number(seconds) >= 60) return undefined;
    const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
    return finite(/[SWO]/i.test(before + after) ? -size : size);
  }
  const hemisphere = /^([NSEW]?)\s*(\d[\d.]*)\s*([NSEW]?)$/i.exec(number);
  if (!hemisphere) return undefined;
  const [, before = '', digits = '', after = ''] = hemisphere;
  return finite(/[SW]/i.test(before + after) ? -Number(digits) : Number(digits));
}

/** The last of point and comma separates the decimals; what stands more than once separates thousands. */
function withPoint(text: string): string {
  const [commas, points] = [text.split(',').length - 1, text.split('.').length - 1];
  if (commas === 0) return points > 1 ? text.replaceAll('.', '') : text;
  if (points === 0) return commas > 1 ? text.replaceAll(',', '') : text.replace(',', '.');
  return text.lastIndexOf(',') > text.lastIndexOf('.')
    ? text.replaceAll('.', '').replace(',', '.')
    : text.replaceAll(',', '');
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}
