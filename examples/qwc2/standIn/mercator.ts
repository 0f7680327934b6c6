/** EPSG:3857 and EPSG:4326, the two that the stand-in knows. QWC2 has proj4. */
const RADIUS = 6378137;
const DEGREES = 180 / Math.PI;

export function reproject(point: readonly number[], source: string, target: string): number[] {
  const [x = 0, y = 0] = point;
  if (source === target) return [x, y];
  if (source === 'EPSG:4326' && target === 'EPSG:3857') {
    return [(x / DEGREES) * RADIUS, Math.asinh(Math.tan(y / DEGREES)) * RADIUS];
  }
  if (source === 'EPSG:3857' && target === 'EPSG:4326') {
    return [(x / RADIUS) * DEGREES, Math.atan(Math.sinh(y / RADIUS)) * DEGREES];
  }
  throw new Error(`The stand-in for QWC2 knows EPSG:3857 and EPSG:4326, not ${source} to ${target}`);
}

export function reprojectBbox(bounds: readonly number[], source: string, target: string): number[] {
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  return [...reproject([west, south], source, target), ...reproject([east, north], source, target)];
}
