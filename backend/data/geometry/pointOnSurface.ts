import { isInside, signedArea } from './ringsToPolygons.ts';

type Ring = number[][];

/** A point within an area: its centroid, or the middle of the widest part at half its height where that lies outside. */
export function pointOnSurface(rings: readonly Ring[]): number[] | undefined {
  const [outer, ...holes] = rings;
  if (!outer || outer.length === 0) return undefined;
  const centre = centroid(outer);
  if (centre && isInside(centre, outer) && !holes.some((hole) => isInside(centre, hole))) return centre;
  return widest(rings) ?? outer[0];
}

function centroid(ring: Ring): number[] | undefined {
  const [ox = 0, oy = 0] = ring[0] ?? [];
  const area = signedArea(ring);
  if (area === 0) return undefined;
  let [cx, cy] = [0, 0];
  for (let i = 0; i < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
    const cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy);
    cx += (x1 + x2 - 2 * ox) * cross;
    cy += (y1 + y2 - 2 * oy) * cross;
  }
  return [ox + cx / (3 * area), oy + cy / (3 * area)];
}

/** A line across at half the height: the middle of its longest piece within the area. */
function widest(rings: readonly Ring[]): number[] | undefined {
  const heights = (rings[0] ?? []).map(([, y = 0]) => y).sort((a, b) => a - b);
  const distinct = heights.filter((y, i) => y !== heights[i - 1]);
  const middle = distinct.length >> 1;
  const [below, above] = [distinct[Math.max(0, middle - 1)], distinct[middle]];
  if (below === undefined || above === undefined || below === above) return undefined;
  const y = (below + above) / 2;
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1 = 0, y1 = 0] = ring[i] ?? [];
      const [x2 = 0, y2 = 0] = ring[j] ?? [];
      if (y1 > y !== y2 > y) crossings.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1);
    }
  }
  crossings.sort((a, b) => a - b);
  let best: [number, number] | undefined;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from = 0, to = 0] = [crossings[i], crossings[i + 1]];
    if (!best || to - from > best[1] - best[0]) best = [from, to];
  }
  return best && [(best[0] + best[1]) / 2, y];
}
