import type { ByteSource, ReadContext } from '../bytes/ByteSource.ts';
import type { DataEncoding } from '../dataTypes.ts';
import { Pacer } from '../Pacer.ts';
import { detectEncoding } from './detectEncoding.ts';

/** A file may be ASCII for a long way before its first name with an accent. */
const LOOKS_AT = 32 * 2 ** 20;
/** So much text with characters beyond ASCII is enough to know. */
const ENOUGH = 2 ** 18;
const NEWLINE = 10;

/** The encoding of a text file, from all pieces with characters beyond ASCII in its first 32 MB. */
export async function encodingOfSource(source: ByteSource, context: ReadContext): Promise<DataEncoding> {
  const chosen = context.encodingOf?.(source.path);
  if (chosen !== undefined) return { name: chosen, from: 'mapping' };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const pacer = new Pacer(context.signal);
  let [seen, kept] = [0, 0];
  for await (const chunk of source.chunks({ ...context, onBytes: undefined })) {
    await pacer.pause();
    if (seen === 0) {
      const first = detectEncoding(chunk);
      if (first.from === 'bom' || first.name.startsWith('utf-16')) return first;
    }
    if (!isAscii(chunk)) {
      const part = wholeLines(chunk, seen === 0);
      parts.push(part.slice());
      kept += part.length;
    }
    seen += chunk.length;
    if (seen > LOOKS_AT || kept > ENOUGH) break;
  }
  if (kept === 0) return { name: 'utf-8', from: 'detected' };
  return detectEncoding(new Uint8Array(await new Blob(parts).arrayBuffer()));
}

/** A plain loop, because it looks at every byte of a large file. */
function isAscii(bytes: Uint8Array): boolean {
  let bits = 0;
  for (let at = 0; at < bytes.length; at++) bits |= bytes[at] ?? 0;
  return bits < 0x80;
}

/** Without what other pieces share: half lines, or half characters where there are no lines. */
function wholeLines(chunk: Uint8Array<ArrayBuffer>, isFirst: boolean): Uint8Array<ArrayBuffer> {
  const first = chunk.indexOf(NEWLINE);
  const last = chunk.lastIndexOf(NEWLINE);
  if (first >= 0 && last > first) return chunk.subarray(isFirst ? 0 : first + 1, last + 1);
  let start = 0;
  while (!isFirst && start < 3 && ((chunk[start] ?? 0) & 0xc0) === 0x80) start++;
  let end = chunk.length;
  while (end > start && chunk.length - end < 3 && (chunk[end - 1] ?? 0) >= 0x80) end--;
  return chunk.subarray(start, end);
}
