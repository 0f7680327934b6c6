import { dosDecoder } from './codePages.ts';
import { detectEncoding } from './detectEncoding.ts';
import { utf8Length } from './utf8Length.ts';

/** Decodes a short text whose encoding nobody says, such as a name. */
export function decodeWhole(bytes: Uint8Array<ArrayBuffer>): string {
  return decodeBytes(bytes, detectEncoding(bytes).name);
}

/** Decodes bytes that are whole: characters do not go on in others. It never gives U+FFFD for UTF-8. */
export function decodeBytes(bytes: Uint8Array<ArrayBuffer>, encoding: string): string {
  const dos = dosDecoder(encoding);
  if (dos) return dos(bytes);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return FATAL.decode(bytes);
  } catch {
    return decodeMixed(bytes);
  }
}

const FATAL = new TextDecoder('utf-8', { fatal: true });

/** Text in pieces of any length, without its byte order mark. */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  encoding: string,
  onMixed?: () => void,
): AsyncGenerator<string> {
  const dos = dosDecoder(encoding);
  const decoder = dos ? undefined : new TextDecoder(encoding);
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (dos) yield dos(chunk);
    else if (encoding === 'utf-8') {
      const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
      const whole = wholeCharacters(bytes);
      rest = bytes.slice(whole);
      yield decodeUtf8(bytes.subarray(0, whole), onMixed);
    } else if (decoder) yield decoder.decode(chunk, { stream: true });
  }
  if (encoding === 'utf-8') {
    if (rest.length > 0) yield decodeUtf8(rest, onMixed);
  } else if (decoder) yield decoder.decode();
}

const KEEPS_MARK = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array<ArrayBuffer>, onMixed?: () => void): string {
  let text: string;
  try {
    text = KEEPS_MARK.decode(bytes);
  } catch {
    onMixed?.();
    text = decodeMixed(bytes);
  }
  // The mark belongs at the beginning, but files that were joined have it anywhere.
  return text.includes('\ufeff') ? text.replaceAll('\ufeff', '') : text;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** Up to where the bytes have no beginning of a character that goes on after them. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** Decodes UTF-8 in which some characters are Windows-1252, as in a file that two programs wrote. */
function decodeMixed(bytes: Uint8Array<ArrayBuffer>): string {
  const single = new TextDecoder('windows-1252');
  let text = '';
  let good = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = utf8Length(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(good, at));
    text += single.decode(bytes.subarray(at, at + 1));
    at += 1;
    good = at;
  }
  return text + new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(good));
}
