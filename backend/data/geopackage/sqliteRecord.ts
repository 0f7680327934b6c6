import { decodeBytes } from '../text/decodeText.ts';

export type SqliteValue = null | number | string | Uint8Array<ArrayBuffer>;

/** A number of one to nine bytes, and where the next one begins. Numbers beyond 2^53 lose their last digits. */
export function readVarint(bytes: Uint8Array, start: number): [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) return [value, start + i];
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, start + i + 1];
  }
  return [value * 256 + (bytes[start + 8] ?? 0), start + 9];
}

/** The values of one row. A row that is damaged gives null for what is not there. */
export function parseRecord(payload: Uint8Array<ArrayBuffer>, encoding: string): SqliteValue[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const [headerSize, first] = readVarint(payload, 0);
  const values: SqliteValue[] = [];
  let at = headerSize;
  for (let header = first; header < headerSize && header < payload.length; ) {
    const [type, next] = readVarint(payload, header);
    header = next;
    const size = sizeOf(type);
    values.push(at + size <= payload.length ? readValue(view, payload, at, type, size, encoding) : null);
    at += size;
  }
  return values;
}

const SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];

function sizeOf(type: number): number {
  return type < 12 ? (SIZES[type] ?? 0) : Math.floor((type - 12) / 2);
}

function readValue(
  view: DataView,
  payload: Uint8Array<ArrayBuffer>,
  at: number,
  type: number,
  size: number,
  encoding: string,
): SqliteValue {
  switch (type) {
    case 0:
      return null;
    case 1:
      return view.getInt8(at);
    case 2:
      return view.getInt16(at);
    case 3:
      return view.getInt8(at) * 65_536 + view.getUint16(at + 1);
    case 4:
      return view.getInt32(at);
    case 5:
      return view.getInt16(at) * 2 ** 32 + view.getUint32(at + 2);
    case 6:
      return Number(view.getBigInt64(at));
    case 7:
      return view.getFloat64(at);
    case 8:
      return 0;
    case 9:
      return 1;
    default: {
      const bytes = payload.subarray(at, at + size);
      return type % 2 === 0 ? bytes : decodeBytes(bytes, encoding);
    }
  }
}
