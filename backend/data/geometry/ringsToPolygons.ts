type Ring = number[][];

/**
 * Puts rings that come without order into polygons: a ring that turns clockwise is an outer one, as in a Shapefile. A hole
 * belongs to the outer ring that it lies in. A file that has all rings the wrong way round is taken as it is meant.
 */
export function ringsToPolygons(rings: readonly Ring[]): Ring[][] {
  const usable = rings.filter((ring) => ring.length >= 3);
  if (usable.length <= 1) return usable.length === 0 ? [] : [[...usable]];
  const outer = usable.filter((ring) => signedArea(ring) < 0);
  if (outer.length === 0) return usable.map((ring) => [ring]);
  const polygons = outer.map((ring) => ({ rings: [ring], box: boxOf(ring) }));
  for (const hole of usable) {
    if (signedArea(hole) < 0) continue;
    const [first] = hole;
    const home =
      first && polygons.find(({ rings: [ring], box }) => ring && inBox(first, box) && isInside(first, ring));
    if (home) home.rings.push(hole);
    else polygons.push({ rings: [hole], box: boxOf(hole) });
  }
  return polygons.map((polygon) => polygon.rings);
}

/** Twice the area; positive where the ring turns counter-clockwise. */
export function signedArea(ring: Ring): number {
  const [ox = 0, oy = 0] = ring[0] ?? [];
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
    sum += (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy);
  }
  return sum;
}

export function isInside([x = 0, y = 0]: readonly number[], ring: Ring): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[j] ?? [];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

type Box = [west: number, south: number, east: number, north: number];

function boxOf(ring: Ring): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of ring) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function inBox([x = 0, y = 0]: readonly number[], [west, south, east, north]: Box): boolean {
  return x >= west && x <= east && y >= south && y <= north;
}
