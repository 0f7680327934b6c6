/** Writes rows as SQLite stores them (https://www.sqlite.org/fileformat2.html, section 2.1). */

export type SqlValue = string | number | bigint | boolean | Uint8Array | null;

const utf8 = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** The value's type in the record's header, and its bytes. Booleans are 0 and 1. */
function encodeValue(value: SqlValue): [type: number, bytes: Uint8Array] {
  if (value === null) return [0, NOTHING];
  if (typeof value === 'boolean') return [value ? 9 : 8, NOTHING];
  if (typeof value === 'string') {
    const bytes = utf8.encode(value);
    return [bytes.length * 2 + 13, bytes];
  }
  if (value instanceof Uint8Array) return [value.length * 2 + 12, value];
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return encodeInteger(BigInt(value));
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return [7, bytes];
}

/** Types of integers by how many bytes they have. */
const INTEGER_TYPES = [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [6, 5],
  [8, 6],
] as const;

function encodeInteger(value: bigint): [type: number, bytes: Uint8Array] {
  if (value === 0n) return [8, NOTHING];
  if (value === 1n) return [9, NOTHING];
  const whole = new Uint8Array(8);
  new DataView(whole.buffer).setBigInt64(0, value);
  for (const [size, type] of INTEGER_TYPES) {
    if (BigInt.asIntN(size * 8, value) === value) return [type, whole.slice(8 - size)];
  }
  throw new RangeError(`${value} does not fit into 64 bits`);
}

/** A whole number of at most 53 bits, as SQLite writes lengths and ids. */
export function varint(value: number): Uint8Array {
  if (value < 0) return negativeVarint(value);
  if (value < 0x80) return Uint8Array.of(value);
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (let last = true; rest > 0n || last; last = false) {
    bytes.unshift(Number(rest & 0x7fn) | (last ? 0 : 0x80));
    rest >>= 7n;
  }
  return Uint8Array.from(bytes);
}

/** All 64 bits: 7 in each of eight bytes, and 8 in the last. */
function negativeVarint(value: number): Uint8Array {
  const bits = BigInt.asUintN(64, BigInt(value));
  return Uint8Array.from({ length: 9 }, (_, i) =>
    i === 8 ? Number(bits & 0xffn) : Number((bits >> BigInt(57 - 7 * i)) & 0x7fn) | 0x80,
  );
}

/** One row. A row may have fewer values than its table has columns: the others are NULL. */
export function encodeRecord(values: readonly SqlValue[]): Uint8Array<ArrayBuffer> {
  const encoded = values.map(encodeValue);
  const types = encoded.map(([type]) => varint(type));
  const typeBytes = types.reduce((sum, { length }) => sum + length, 0);
  // The header's length counts itself.
  let header = typeBytes + 1;
  while (typeBytes + varint(header).length !== header) header = typeBytes + varint(header).length;
  return concat([varint(header), ...types, ...encoded.map(([, bytes]) => bytes)]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
