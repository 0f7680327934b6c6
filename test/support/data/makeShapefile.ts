type Shape = { type: 'point'; at: number[] } | { type: 'line' | 'area'; parts: number[][][] } | null;

/** The bytes of a .shp file. Heights are written where positions have three numbers. */
export function makeShp(shapes: readonly Shape[]): Uint8Array<ArrayBuffer> {
  const bodies = shapes.map(bodyOf);
  const length = 100 + bodies.reduce((sum, body) => sum + 8 + body.length, 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, length / 2);
  view.setInt32(28, 1000, true);
  let at = 100;
  bodies.forEach((body, index) => {
    view.setInt32(at, index + 1);
    view.setInt32(at + 4, body.length / 2);
    bytes.set(body, at + 8);
    at += 8 + body.length;
  });
  return bytes;
}

function bodyOf(shape: Shape): Uint8Array<ArrayBuffer> {
  if (!shape) return new Uint8Array(4);
  if (shape.type === 'point') {
    const hasZ = shape.at.length > 2;
    const bytes = new Uint8Array(hasZ ? 36 : 20);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, hasZ ? 11 : 1, true);
    shape.at.forEach((value, i) => {
      view.setFloat64(4 + 8 * i, value, true);
    });
    return bytes;
  }
  const points = shape.parts.flat();
  const bytes = new Uint8Array(44 + 4 * shape.parts.length + 16 * points.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, shape.type === 'line' ? 3 : 5, true);
  view.setInt32(36, shape.parts.length, true);
  view.setInt32(40, points.length, true);
  let start = 0;
  shape.parts.forEach((part, i) => {
    view.setInt32(44 + 4 * i, start, true);
    start += part.length;
  });
  points.forEach(([x = 0, y = 0], i) => {
    const at = 44 + 4 * shape.parts.length + 16 * i;
    view.setFloat64(at, x, true);
    view.setFloat64(at + 8, y, true);
  });
  return bytes;
}

interface Column {
  name: string;
  length: number;
  type?: 'C' | 'N';
}

/** The bytes of a .dbf file. `encode` writes the texts; `driver` is the mark of the code page. */
export function makeDbf(
  columns: readonly Column[],
  rows: readonly (readonly (string | Uint8Array)[])[],
  { driver = 0, encode = (text: string) => new TextEncoder().encode(text) } = {},
): Uint8Array<ArrayBuffer> {
  const headerLength = 32 + 32 * columns.length + 1;
  const recordLength = 1 + columns.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(headerLength + recordLength * rows.length + 1).fill(0);
  const view = new DataView(bytes.buffer);
  bytes.set([3, 126, 1, 1]);
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headerLength, true);
  view.setUint16(10, recordLength, true);
  bytes[29] = driver;
  columns.forEach(({ name, length, type = 'C' }, i) => {
    const at = 32 + 32 * i;
    bytes.set(encode(name).subarray(0, 11), at);
    bytes[at + 11] = type.charCodeAt(0);
    bytes[at + 16] = length;
  });
  bytes[headerLength - 1] = 13;
  rows.forEach((row, r) => {
    let at = headerLength + recordLength * r;
    bytes.fill(32, at, at + recordLength);
    at += 1;
    columns.forEach(({ length }, i) => {
      const value = row[i] ?? '';
      bytes.set((typeof value === 'string' ? encode(value) : value).subarray(0, length), at);
      at += length;
    });
  });
  bytes[bytes.length - 1] = 26;
  return bytes;
}

/** Text in ISO 8859-1. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
