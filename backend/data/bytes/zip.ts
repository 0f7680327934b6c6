import { LIMITS } from '../limits.ts';
import { refusal } from '../reasons.ts';
import { decodeWhole } from '../text/decodeText.ts';
import { type ByteSource, blobSource, readSlice } from './ByteSource.ts';
import { inflatedSource } from './inflate.ts';

// The directory of a zip archive stands at its end (APPNOTE 6.3), so an archive is never unpacked as a whole.

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const MAX_DIRECTORY = 64 * 2 ** 20;
/** A 32-bit field holds this where the number stands in the extra field. */
const IN_EXTRA = 0xffffffff;

interface Entry {
  name: string;
  method: number;
  encrypted: boolean;
  packed: number;
  size: number;
  offset: number;
}

/** The files in a zip archive, without folders. An entry is read when somebody reads its source. */
export async function zipEntries(path: readonly string[], blob: Blob): Promise<ByteSource[]> {
  const { entries, shift } = await readDirectory(path, blob);
  return entries.map((entry) => entrySource([...path, entry.name], blob, entry, shift));
}

async function readDirectory(
  path: readonly string[],
  blob: Blob,
): Promise<{ entries: Entry[]; shift: number }> {
  const tailStart = Math.max(0, blob.size - 65_557);
  const tail = await readSlice(path, blob, tailStart, blob.size);
  const view = viewOf(tail);
  let end = tail.length - END_SIZE;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw refusal(path, 'archive-without-end');
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let start = view.getUint32(end + 16, true);
  let endsAt = tailStart + end;
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR_64) {
    const at = Number(view.getBigUint64(locator + 8, true));
    const record = await readSlice(path, blob, at, at + 56);
    const view64 = viewOf(record);
    if (record.length === 56 && view64.getUint32(0, true) === END_64) {
      count = Number(view64.getBigUint64(32, true));
      size = Number(view64.getBigUint64(40, true));
      start = Number(view64.getBigUint64(48, true));
      endsAt = at;
    }
  }
  if (count > LIMITS.entries) throw refusal(path, 'too-many-entries', { count, limit: LIMITS.entries });
  // Something may stand before the archive, such as the program of one that unpacks itself.
  const shift = endsAt - size - start;
  if (size > MAX_DIRECTORY || start + shift < 0) throw refusal(path, 'damaged-directory');
  const directory = await readSlice(path, blob, start + shift, start + shift + size);
  return { entries: [...parseDirectory(directory)], shift };
}

function* parseDirectory(bytes: Uint8Array<ArrayBuffer>): Generator<Entry> {
  const view = viewOf(bytes);
  let at = 0;
  while (at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY) {
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const nameEnd = at + 46 + nameLength;
    const name = decodeWhole(bytes.slice(at + 46, nameEnd)).replaceAll('\\', '/');
    const entry: Entry = {
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (nameEnd + extraLength <= bytes.length) readExtra(view, nameEnd, nameEnd + extraLength, entry);
    at = nameEnd + extraLength + view.getUint16(at + 32, true);
    if (!name.endsWith('/')) yield entry;
  }
}

/** Numbers beyond 4 GiB. */
function readExtra(view: DataView, start: number, end: number, entry: Entry): void {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (entry[key] !== IN_EXTRA || field + 8 > end) continue;
      entry[key] = Number(view.getBigUint64(field, true));
      field += 8;
    }
    return;
  }
}

function entrySource(path: readonly string[], blob: Blob, entry: Entry, shift: number): ByteSource {
  const open = async (): Promise<ByteSource> => {
    if (entry.encrypted) throw refusal(path, 'encrypted');
    if (entry.method !== 0 && entry.method !== 8) {
      throw refusal(path, 'unknown-method', { method: entry.method });
    }
    const at = entry.offset + shift;
    const header = await readSlice(path, blob, at, at + 30);
    if (header.length < 30) throw refusal(path, 'cut-off-in-archive');
    const view = viewOf(header);
    const start = at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
    const packed = blobSource(path, blob.slice(start, start + entry.packed));
    return entry.method === 0 ? packed : inflatedSource(packed, path, 'deflate', entry.size);
  };
  return {
    path,
    size: entry.size,
    async *chunks(context) {
      yield* (await open()).chunks(context);
    },
    blob: async (context) => (await open()).blob(context),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
