import { decodeBytes } from '../text/decodeText.ts';
import { detectEncoding } from '../text/detectEncoding.ts';

/** The first bytes of a file show what it is. */
export type Content =
  | { type: 'zip' | 'gzip' | 'sqlite' | 'shp' | 'shx' | 'dbf' | 'json' | 'kml' | 'text' }
  | { type: 'refused'; code: string; text: string; values: Record<string, string> };

/** Formats that are recognised to say what to do with them. */
const OTHERS: readonly [start: string, format: string, fix: string][] = [
  ['PAR1', 'GeoParquet', 'export it as GeoPackage or GeoJSON'],
  ['fgb', 'FlatGeobuf', 'export it as GeoPackage or GeoJSON'],
  ['%PDF', 'PDF', 'give the data and not a picture of it'],
  ['Rar!', 'a RAR archive', 'pack it as zip'],
  ['7z\xbc\xaf', 'a 7z archive', 'pack it as zip'],
  ['BZh', 'bzip2', 'pack it as gzip or zip'],
  ['\xfd7zXZ', 'xz', 'pack it as gzip or zip'],
  ['\x28\xb5\x2f\xfd', 'zstd', 'pack it as gzip or zip'],
  ['\xd0\xcf\x11\xe0', 'an old Excel or Office file', 'save the sheet as CSV (UTF-8)'],
  ['\x89PNG', 'a picture', 'give the data and not a picture of it'],
  ['\xff\xd8\xff', 'a picture', 'give the data and not a picture of it'],
  ['II*\0', 'a TIFF picture', 'give points, lines or areas'],
  ['MM\0*', 'a TIFF picture', 'give points, lines or areas'],
  ['AC10', 'an AutoCAD drawing', 'export it as GeoPackage or GeoJSON'],
];

const XML: readonly [pattern: RegExp, format: string, fix: string][] = [
  [/<gpx[\s>]/i, 'GPX', 'export it as GeoJSON or KML'],
  [/<(\w+:)?FeatureCollection[\s>]|opengis\.net\/gml/i, 'GML', 'export it as GeoPackage or GeoJSON'],
  [/<osm[\s>]/i, 'OpenStreetMap XML', 'export it as GeoJSON'],
  [/<(!DOCTYPE\s+html|html)[\s>]/i, 'a web page', 'the download may have failed: download the data itself'],
  [/<(\w+:)?ExceptionReport[\s>]|<ServiceException/i, 'an error of a map server', 'ask the server again'],
];

export function recogniseContent(head: Uint8Array<ArrayBuffer>, name: string): Content {
  if (head.length === 0) return refused('empty', 'is empty (0 bytes): export or download it again');
  const start = latin(head.subarray(0, 16));
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06') || start.startsWith('PK\x07\x08'))
    return { type: 'zip' };
  if (start.startsWith('\x1f\x8b')) return { type: 'gzip' };
  if (start.startsWith('SQLite format 3\0')) return { type: 'sqlite' };
  if (start.startsWith('\0\0\x27\x0a')) return { type: isIndex(head) ? 'shx' : 'shp' };
  for (const [magic, format, fix] of OTHERS) {
    if (start.startsWith(magic)) return refused('unknown-format', `is ${format}: ${fix}`, { format });
  }
  if (isTable(head, name)) return { type: 'dbf' };
  if (head.every((byte) => byte === 0)) {
    return refused('empty', 'holds nothing but zeros: the download was cut off; download it again');
  }
  if (head.length > 262 && latin(head.subarray(257, 262)) === 'ustar') {
    return refused('unknown-format', 'is a tar archive: pack it as zip', { format: 'tar' });
  }
  const text = decodeBytes(head, detectEncoding(head).name)
    .replaceAll('\u001e', ' ')
    .replace(/^[\ufeff\s]+/, '');
  if (/^[[{]/.test(text)) return { type: 'json' };
  if (!text.startsWith('<')) return { type: 'text' };
  if (/<(\w+:)?kml[\s>]|<Placemark[\s>]|<Document[\s>]/.test(text)) return { type: 'kml' };
  for (const [pattern, format, fix] of XML) {
    if (pattern.test(text)) return refused('unknown-format', `is ${format}: ${fix}`, { format });
  }
  return refused('unknown-format', 'is XML of a kind that is not known here: export it as GeoJSON or KML', {
    format: 'XML',
  });
}

function refused(code: string, text: string, values: Record<string, string> = {}): Content {
  return { type: 'refused', code, text, values };
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The index of a Shapefile begins as the file itself does; its first entry names the place 100. */
function isIndex(head: Uint8Array<ArrayBuffer>): boolean {
  if (head.length < 108) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return view.getInt32(100) === 50 && !(view.getInt32(104) > 2 && view.getInt32(108 - 8) === 1);
}

/** A dBASE file has no mark of its own: its numbers must fit together. */
function isTable(head: Uint8Array<ArrayBuffer>, name: string): boolean {
  const version = head[0] ?? 0;
  if (![0x02, 0x03, 0x04, 0x30, 0x31, 0x43, 0x83, 0x8b, 0xcb, 0xf5].includes(version) || head.length < 33)
    return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const [headerLength, recordLength] = [view.getUint16(8, true), view.getUint16(10, true)];
  const month = head[2] ?? 0;
  return (
    headerLength >= 33 &&
    recordLength > 0 &&
    (month <= 12 || /\.dbf$/i.test(name)) &&
    (headerLength % 32 === 1 || headerLength % 32 === 0 || /\.dbf$/i.test(name))
  );
}
