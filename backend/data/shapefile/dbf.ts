import { ByteQueue } from '../bytes/ByteQueue.ts';
import type { ByteSource, ReadContext } from '../bytes/ByteSource.ts';
import { refusal } from '../reasons.ts';
import { decodeBytes } from '../text/decodeText.ts';

interface Field {
  name: string;
  type: string;
  start: number;
  length: number;
}

export interface DbfHeader {
  records: number;
  headerLength: number;
  recordLength: number;
  driver: number;
  fields: readonly Field[];
}

const ASTERISK = 42;

/** Reads the heading of a dBASE file. */
export function parseDbfHeader(
  path: readonly string[],
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string,
): DbfHeader {
  const damaged = () => refusal(path, 'damaged-dbf');
  if (bytes.length < 33) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint16(8, true);
  const recordLength = view.getUint16(10, true);
  if (headerLength < 33 || recordLength === 0) throw damaged();
  const fields: Field[] = [];
  let start = 1;
  for (let at = 32; at + 32 <= Math.min(headerLength, bytes.length) && bytes[at] !== 13; at += 32) {
    const raw = bytes.slice(at, at + 11);
    const end = raw.indexOf(0);
    const type = String.fromCharCode(bytes[at + 11] ?? 0);
    const high = type === 'C' ? (bytes[at + 17] ?? 0) * 256 : 0;
    const length = (bytes[at + 16] ?? 0) + high;
    const name =
      decodeBytes(raw.slice(0, end < 0 ? 11 : end), encoding).trim() || `field ${fields.length + 1}`;
    fields.push({ name: distinctName(name, fields), type, start, length });
    start += length;
  }
  return { records: view.getUint32(4, true), headerLength, recordLength, driver: bytes[29] ?? 0, fields };
}

function distinctName(name: string, fields: readonly Field[]): string {
  let distinct = name;
  for (let n = 2; fields.some((field) => field.name === distinct); n++) distinct = `${name} ${n}`;
  return distinct;
}

/** The rows of a dBASE file, in order: null for one that is deleted. */
export class DbfRows {
  readonly #queue: ByteQueue;
  readonly #header: DbfHeader;
  readonly #encoding: string;
  #begun = false;

  constructor(source: ByteSource, header: DbfHeader, encoding: string, context: ReadContext) {
    this.#queue = new ByteQueue(source.chunks(context));
    this.#header = header;
    this.#encoding = encoding;
  }

  /** The next row; undefined after the last one. */
  async next(): Promise<Record<string, unknown> | null | undefined> {
    if (!this.#begun) {
      this.#begun = true;
      await this.#queue.next(this.#header.headerLength);
    }
    const { recordLength } = this.#header;
    let bytes = this.#queue.take(recordLength);
    if (!bytes) {
      if (!(await this.#queue.fill(recordLength))) return undefined;
      bytes = this.#queue.take(recordLength);
    }
    if (!bytes || bytes[0] === 0x1a) return undefined;
    return bytes[0] === ASTERISK ? null : rowOf(bytes, this.#header.fields, this.#encoding);
  }

  close(): Promise<void> {
    return this.#queue.close();
  }
}

function rowOf(bytes: Uint8Array<ArrayBuffer>, fields: readonly Field[], encoding: string) {
  // A row in ASCII, as most are, is decoded at once.
  const ascii = bytes.every((byte) => byte < 0x80) ? decodeBytes(bytes, 'utf-8') : undefined;
  return Object.fromEntries(
    fields.map((field) => {
      const { start, length, name } = field;
      const raw = bytes.subarray(start, start + length);
      return [name, fieldValue(field, raw, ascii?.slice(start, start + length), encoding)];
    }),
  );
}

function fieldValue(
  { type }: Field,
  raw: Uint8Array<ArrayBuffer>,
  ascii: string | undefined,
  encoding: string,
): unknown {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  if ((type === 'I' || type === '+') && raw.length === 4) return view.getInt32(0, true);
  if (type === 'O' && raw.length === 8) return finite(view.getFloat64(0, true));
  if (type === 'M' || type === 'G' || type === 'P' || type === '@' || type === 'T') return null;
  const text = (ascii ?? decodeBytes(type === 'C' && encoding === 'utf-8' ? wholeUtf8(raw) : raw, encoding))
    .replaceAll('\0', ' ')
    .trim();
  if (text === '') return null;
  if (type === 'N' || type === 'F') return /^\*+$/.test(text) ? null : finite(Number(text.replace(',', '.')));
  if (type === 'L') return /^[ty]$/i.test(text) ? true : /^[fn]$/i.test(text) ? false : null;
  if (type === 'D') return text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  return text;
}

/** A long text is cut to the field's length in bytes, and its last character with it. */
function wholeUtf8(raw: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let back = 1; back <= 3 && back <= raw.length; back++) {
    const byte = raw[raw.length - back] ?? 0;
    if (byte < 0x80) return raw;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? raw.subarray(0, raw.length - back) : raw;
    }
  }
  return raw;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
