import type { DataReason } from '../dataTypes.ts';
import { reason } from '../reasons.ts';
import { decodeBytes } from '../text/decodeText.ts';
import { detectEncoding } from '../text/detectEncoding.ts';

/** The first bytes of a file show what it is. */
export type Content =
  | { type: 'zip' | 'gzip' | 'sqlite' | 'shp' | 'shx' | 'dbf' | 'json' | 'kml' | 'text' }
  | { type: 'refused'; why: DataReason };

/** Formats that are recognised to say what to do with them. */
const OTHERS: readonly [start: string, why: DataReason][] = [
  ['PAR1', reason('other-geodata', { format: 'GeoParquet' })],
  ['fgb', reason('other-geodata', { format: 'FlatGeobuf' })],
  ['%PDF', reason('is-pdf')],
  ['Rar!', reason('other-archive', { format: 'RAR' })],
  ['7z\xbc\xaf', reason('other-archive', { format: '7z' })],
  ['BZh', reason('other-packing', { format: 'bzip2' })],
  ['\xfd7zXZ', reason('other-packing', { format: 'xz' })],
  ['\x28\xb5\x2f\xfd', reason('other-packing', { format: 'zstd' })],
  ['\xd0\xcf\x11\xe0', reason('is-old-office')],
  ['\x89PNG', reason('is-picture')],
  ['\xff\xd8\xff', reason('is-picture')],
  ['II*\0', reason('is-tiff')],
  ['MM\0*', reason('is-tiff')],
  ['AC10', reason('is-drawing')],
  ['AutoCAD Binary DXF', reason('is-drawing')],
  ['LASF', reason('other-geodata', { format: 'LAS' })],
  ['!table', reason('other-geodata', { format: 'MapInfo' })],
  ['VERSION 300', reason('other-geodata', { format: 'MapInfo' })],
  ['Version 300', reason('other-geodata', { format: 'MapInfo' })],
];

const XML: readonly [pattern: RegExp, why: DataReason][] = [
  [/<gpx[\s>]/i, reason('is-gpx')],
  [/<(\w+:)?FeatureCollection[\s>]|opengis\.net\/gml/i, reason('other-geodata', { format: 'GML' })],
  [/<osm[\s>]/i, reason('is-osm-xml')],
  [/<(!DOCTYPE\s+html|html)[\s>]/i, reason('is-web-page')],
  [/<(\w+:)?ExceptionReport[\s>]|<ServiceException/i, reason('is-server-error')],
];

export function recogniseContent(head: Uint8Array<ArrayBuffer>, name: string): Content {
  if (head.length === 0) return refused(reason('empty'));
  const start = latin(head.subarray(0, 32));
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06') || start.startsWith('PK\x07\x08'))
    return { type: 'zip' };
  if (start.startsWith('\x1f\x8b')) return { type: 'gzip' };
  if (start.startsWith('SQLite format 3\0')) return { type: 'sqlite' };
  if (start.startsWith('\0\0\x27\x0a')) return { type: isIndex(head) ? 'shx' : 'shp' };
  for (const [magic, why] of OTHERS) if (start.startsWith(magic)) return refused(why);
  if (start.includes('OSMHeader')) return refused(reason('other-geodata', { format: 'OpenStreetMap PBF' }));
  if (/^\s*0\r?\n\s*SECTION\r?\n/.test(start)) return refused(reason('is-drawing'));
  if (isTable(head, name)) return { type: 'dbf' };
  if (head.every((byte) => byte === 0)) return refused(reason('only-zeros'));
  if (head.length > 262 && latin(head.subarray(257, 262)) === 'ustar') {
    return refused(reason('other-archive', { format: 'tar' }));
  }
  const text = decodeBytes(head, detectEncoding(head).name)
    .replaceAll('\u001e', ' ')
    .replace(/^[\ufeff\s]+/, '');
  if (/^[[{]/.test(text)) return { type: 'json' };
  if (!text.startsWith('<')) return { type: 'text' };
  if (/<(\w+:)?kml[\s>]|<Placemark[\s>]|<Document[\s>]/.test(text)) return { type: 'kml' };
  for (const [pattern, why] of XML) if (pattern.test(text)) return refused(why);
  return refused(reason('is-other-xml'));
}

function refused(why: DataReason): Content {
  return { type: 'refused', why };
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
