import { type BoundingBox, type Geometry, type Position, positionsOf } from '../../src/contract/index.ts';

/** As RFC 7946 has it: longitudes up to 180 degrees, no line over the antimeridian, outer rings counterclockwise. */
export type RfcGeometry = Geometry | { type: 'MultiLineString'; coordinates: Position[][] };

/** Writes a geometry as RFC 7946 wants it. A line over the antimeridian is cut there; a polygon over it stays whole. */
export function rfcGeometry(geometry: Geometry): RfcGeometry {
  if (geometry.type === 'Point') return { ...geometry, coordinates: within(geometry.coordinates) };
  if (geometry.type === 'Polygon') {
    return { ...geometry, coordinates: geometry.coordinates.map((ring, i) => wound(ring, i === 0)) };
  }
  const [first = [], ...more] = cut(geometry.coordinates);
  if (more.length === 0) return { ...geometry, coordinates: first };
  return { type: 'MultiLineString', coordinates: [first, ...more] };
}

/** The smallest box around positions, which may reach over the antimeridian: then its west is above its east (section 5.2). */
export class RfcBounds {
  #plain: BoundingBox | undefined;
  /** With longitudes from 0 to 360. */
  #turned: BoundingBox | undefined;

  /** `geometry`: one that `rfcGeometry` gave. Each line lies between its westernmost and its easternmost position. */
  add(geometry: RfcGeometry): void {
    const parts = geometry.type === 'MultiLineString' ? geometry.coordinates : [geometry.coordinates];
    for (const part of parts) {
      const positions = positionsOf(part);
      const longitudes = positions.map(([longitude]) => longitude);
      const crossesZero = longitudes.some((west) => west < 0) && longitudes.some((east) => east >= 0);
      for (const [longitude, latitude] of positions) {
        this.#plain = grown(this.#plain, longitude, latitude);
        this.#turned = grown(this.#turned, longitude < 0 ? longitude + 360 : longitude, latitude);
      }
      // From the other side it goes once around the world.
      if (crossesZero && this.#turned) this.#turned = [0, this.#turned[1], 360, this.#turned[3]];
    }
  }

  get bbox(): BoundingBox | undefined {
    const [plain, turned] = [this.#plain, this.#turned];
    if (!plain || !turned || plain[2] - plain[0] <= turned[2] - turned[0]) return plain;
    return [turned[0], turned[1], turned[2] > 180 ? turned[2] - 360 : turned[2], turned[3]];
  }
}

function grown(box: BoundingBox | undefined, x: number, y: number): BoundingBox {
  if (!box) return [x, y, x, y];
  return [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
}

/** The position with its longitude within 180 degrees. */
function within(position: Position): Position {
  const [longitude, latitude, ...more] = position;
  if (longitude >= -180 && longitude <= 180) return position;
  return [longitude - 360 * Math.round(longitude / 360), latitude, ...more];
}

function cut(line: readonly Position[]): Position[][] {
  const parts: Position[][] = [];
  let part: Position[] = [];
  let last: Position | undefined;
  for (const raw of line) {
    const position = within(raw);
    const side = last && sideOfCrossing(last, position);
    if (last && side !== undefined) {
      const [to, away] = crossing(last, position, side);
      if (!isSame(last, to)) part.push(to);
      if (part.length > 1) parts.push(part);
      part = isSame(position, away) ? [] : [away];
    }
    part.push(position);
    last = position;
  }
  if (part.length > 1 || parts.length === 0) parts.push(part);
  return parts;
}

/** 180 or -180: at which side a step that is shorter over the antimeridian leaves the map. */
function sideOfCrossing([from]: Position, [to]: Position): number | undefined {
  if (Math.abs(to - from) <= 180) return undefined;
  return from > 0 ? 180 : -180;
}

/** The place of the crossing, as both sides write it. */
function crossing(from: Position, to: Position, side: number): [Position, Position] {
  const end = to[0] + 2 * side;
  const share = end === from[0] ? 0 : (side - from[0]) / (end - from[0]);
  const between = (i: number) => (from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * share;
  const latitude = between(1);
  const altitudes = from.length > 2 && to.length > 2 ? [between(2)] : [];
  return [
    [side, latitude, ...altitudes],
    [-side, latitude, ...altitudes],
  ];
}

function isSame([x, y]: Position, [otherX, otherY]: Position): boolean {
  return x === otherX && y === otherY;
}

/** An outer ring goes counterclockwise, and a hole clockwise (section 3.1.6). */
function wound(ring: readonly Position[], isOuter: boolean): Position[] {
  let area = 0;
  for (const [i, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
    area += x * nextY - nextX * y;
  }
  return area > 0 === isOuter || area === 0 ? [...ring] : ring.toReversed();
}
