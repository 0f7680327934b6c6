import { dosDecoder } from './codePages.ts';

/** The encoding that a label means: of a `.cpg` file ('ANSI 1252', '88591', 'SJIS'), or of the Encoding Standard. */
export function encodingOfLabel(label: string): string | undefined {
  const text = label.replaceAll('\0', '').trim().toLowerCase();
  const bare = text.replace(/[^a-z0-9]/g, '').replace(/^(ansi|oem|cp|ms|windows|win|ldid)(?=\d)/, '');
  const known = LABELS[bare];
  if (known !== undefined) return known;
  const iso = /^(?:iso)?8859(\d{1,2})$/.exec(bare)?.[1];
  const candidates = [text, iso && `iso-8859-${iso}`, /^125\d$/.test(bare) && `windows-${bare}`];
  for (const candidate of candidates) {
    if (!candidate) continue;
    if (dosDecoder(candidate)) return candidate;
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // The Encoding Standard has no such label.
    }
  }
  return undefined;
}

const LABELS: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  '65001': 'utf-8',
  utf16: 'utf-16le',
  '1200': 'utf-16le',
  '1201': 'utf-16be',
  '437': 'ibm437',
  ibm437: 'ibm437',
  '850': 'ibm850',
  ibm850: 'ibm850',
  '852': 'ibm852',
  ibm852: 'ibm852',
  '866': 'ibm866',
  '932': 'shift_jis',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
  '88591': 'windows-1252',
  '885915': 'iso-8859-15',
  latin1: 'windows-1252',
  '1252': 'windows-1252',
  '28591': 'windows-1252',
  '51932': 'euc-jp',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
};
