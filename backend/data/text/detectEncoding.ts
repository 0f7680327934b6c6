import type { DataEncoding } from '../dataTypes.ts';
import { utf8Length } from './utf8Length.ts';

/**
 * Finds the encoding of the beginning of a text: by its byte order mark, because it is valid UTF-8, or by what its bytes
 * beyond ASCII look like. It looks at single bytes and pairs only, so it takes little time, and the user sees what it found.
 */
export function detectEncoding(bytes: Uint8Array<ArrayBuffer>): DataEncoding {
  const mark = encodingOfMark(bytes);
  if (mark !== undefined) return { name: mark, from: 'bom' };
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { name: wide, from: 'detected' };
  if (isUtf8(bytes)) return { name: 'utf-8', from: 'detected' };
  return { name: legacyEncoding(bytes), from: 'detected' };
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** UTF-16 without a mark: every second byte of text in Latin letters is 0. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, 4_096) & ~1;
  if (length < 4) return undefined;
  let [even, odd] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const half = length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.05 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    // The last character may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The part of the characters beyond ASCII that are whole in UTF-8; undefined where there are none. */
export function utf8Share(bytes: Uint8Array): number | undefined {
  let [good, bad] = [0, 0];
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at);
    if (length > 1) good++;
    else if (length === 0) bad++;
    at += Math.max(1, length);
  }
  return good + bad === 0 ? undefined : good / (good + bad);
}

const JAPANESE = /[\u3040-\u30ff]|[都道府県市区町村丁目番地号東京大阪]/gu;

/** Encodings with two bytes a character, each with what its texts are full of. */
const DOUBLE: readonly [name: string, common: RegExp][] = [
  ['shift_jis', JAPANESE],
  ['euc-jp', JAPANESE],
  ['euc-kr', /[\uac00-\ud7a3]/gu],
  ['gbk', /[路街号省市区县镇村道大中北南东西新城园]/gu],
  ['big5', /[路街號市區鄉鎮里段巷弄大中北南東西新城]/gu],
];

/** Encodings with one byte a character, each with the letters of its languages. */
const SINGLE: readonly [name: string, letters: RegExp][] = [
  ['windows-1251', /[а-яё]/gu],
  ['windows-1256', /[\u0621-\u064a]/gu],
  ['windows-1253', /[α-ωάέήίόύώς]/gu],
];

function legacyEncoding(bytes: Uint8Array<ArrayBuffer>): string {
  const { high, runs } = countHigh(bytes);
  if (high === 0) return 'windows-1252';
  // Shift_JIS first: the second byte of its Katakana is ASCII.
  const japanese = decodeFatal(bytes, 'shift_jis');
  if (japanese !== undefined && shareOf(japanese, /[\u3040-\u30ff\u4e00-\u9fff]/gu) > 0.7) {
    if (shareOf(japanese, JAPANESE) > 0.15) return 'shift_jis';
  }
  // A text in Latin letters has one accent among letters; other scripts have nothing but such bytes in a word.
  if (high / runs < 1.8) return latinEncoding(bytes);
  let best = { name: 'windows-1252', share: 0.35 };
  for (const [name, common] of DOUBLE) {
    const text = decodeFatal(bytes, name);
    if (text === undefined) continue;
    const share = shareOf(text, common);
    if (share > best.share * (best.name === 'windows-1252' ? 0.5 : 1))
      best = { name, share: Math.max(share, 0.2) };
  }
  if (best.name !== 'windows-1252') return best.name;
  for (const [name, letters] of SINGLE) {
    const text = new TextDecoder(name).decode(bytes);
    const share = (text.match(letters)?.length ?? 0) / high;
    if (share > 0.6 && share > best.share) best = { name, share };
  }
  return best.name;
}

/** Letters of Polish, Czech and Hungarian in Windows-1250, where Windows-1252 has signs that stand in no word. */
function latinEncoding(bytes: Uint8Array<ArrayBuffer>): string {
  const central =
    new TextDecoder('windows-1250').decode(bytes).match(/(?<=\p{L})[łąęśźżńěřůčšžťďőű]/gu)?.length ?? 0;
  const signs = new TextDecoder('windows-1252').decode(bytes).match(/(?<=\p{L})[³¹¿œø¾ùèïõû]/gu)?.length ?? 0;
  const western =
    new TextDecoder('windows-1252').decode(bytes).match(/[äöüßéèêàçñåæøãõâîôûëï]/giu)?.length ?? 0;
  return central > 0 && signs > 0 && central > western ? 'windows-1250' : 'windows-1252';
}

/** The part of the characters beyond ASCII that match. */
function shareOf(text: string, pattern: RegExp): number {
  return (text.match(pattern)?.length ?? 0) / Math.max(1, text.match(/[^ -~\s]/gu)?.length ?? 0);
}

function countHigh(bytes: Uint8Array): { high: number; runs: number } {
  let [high, runs, inside] = [0, 0, false];
  for (const byte of bytes) {
    if (byte >= 0x80) {
      high++;
      if (!inside) runs++;
      inside = true;
    } else inside = false;
  }
  return { high, runs };
}

function decodeFatal(bytes: Uint8Array<ArrayBuffer>, name: string): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
