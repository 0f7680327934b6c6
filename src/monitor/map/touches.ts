import type { BoundingBox } from '../../contract/index.ts';

/** Returns true where two boxes have a place in common. A box whose west is greater than its east crosses the antimeridian. */
export function touches(a: BoundingBox, b: BoundingBox): boolean {
  if (a[1] > b[3] || b[1] > a[3]) return false;
  return spans(a).some(([aWest, aEast]) =>
    spans(b).some(([bWest, bEast]) => aWest <= bEast && bWest <= aEast),
  );
}

/** A map that shows more than one world, or another one, has longitudes beyond 180 degrees. */
function spans([west, , east]: BoundingBox): [west: number, east: number][] {
  if (east - west >= 360) return [[-180, 180]];
  const inWorld = (longitude: number) => ((((longitude + 180) % 360) + 360) % 360) - 180;
  const [from, to] = [inWorld(west), inWorld(east)];
  // 180 degrees east is the end of a box and not the beginning of the next world.
  const end = to === -180 && east > west ? 180 : to;
  if (from <= end) return [[from, end]];
  return [
    [from, 180],
    [-180, end],
  ];
}
