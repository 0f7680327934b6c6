import { ringsToPolygons } from '../geometry/ringsToPolygons.ts';
import type { RawGeometry } from '../layers/LayerSource.ts';

/** The geometry in the body of one record. Throws a RangeError where it is damaged. */
export function parseShape(view: DataView): RawGeometry | null {
  const type = view.getInt32(0, true);
  if (type === 0) return null;
  const plain = type % 10;
  const hasZ = type > 10 && type < 20;
  if (plain === 1 && type < 30) {
    const position = [view.getFloat64(4, true), view.getFloat64(12, true)];
    if (hasZ) position.push(view.getFloat64(20, true));
    return { type: 'Point', coordinates: position };
  }
  if (plain === 8) {
    const count = view.getInt32(36, true);
    return { type: 'MultiPoint', coordinates: readPositions(view, 40, count, hasZ) };
  }
  if ((plain !== 3 && plain !== 5) || type > 30)
    return { type: type === 31 ? 'multi-patch' : `shape type ${type}` };
  const [parts, count] = [view.getInt32(36, true), view.getInt32(40, true)];
  if (parts < 0 || parts * 4 > view.byteLength) throw new RangeError('more parts than there is room for');
  const all = readPositions(view, 44 + 4 * parts, count, hasZ);
  const starts = Array.from({ length: parts }, (_, i) => view.getInt32(44 + 4 * i, true));
  const lines = starts.map((start, i) => all.slice(start, starts[i + 1] ?? count));
  if (plain === 3) return { type: 'MultiLineString', coordinates: lines };
  return { type: 'MultiPolygon', coordinates: ringsToPolygons(lines) };
}

function readPositions(view: DataView, start: number, count: number, hasZ: boolean): number[][] {
  if (count < 0 || start + count * 16 > view.byteLength)
    throw new RangeError('more positions than there is room for');
  const zStart = start + count * 16 + 16;
  const withZ = hasZ && zStart + count * 8 <= view.byteLength;
  return Array.from({ length: count }, (_, i) => {
    const position = [view.getFloat64(start + i * 16, true), view.getFloat64(start + i * 16 + 8, true)];
    if (withZ) position.push(view.getFloat64(zStart + i * 8, true));
    return position;
  });
}
