import type { DataEncoding } from '../dataTypes.ts';
import { legacyEncoding } from './legacyEncoding.ts';
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
  // A few bytes may be spoilt, where two files were joined.
  if (isUtf8(bytes) || (utf8Share(bytes) ?? 0) > 0.9) return { name: 'utf-8', from: 'detected' };
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
