/** Metres east and north of the town's centre: a town is small enough for a flat plan. */
export type PlanPoint = readonly [east: number, north: number];
export type PlanLine = readonly PlanPoint[];

export function distance(a: PlanPoint, b: PlanPoint): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export function lineLength(line: PlanLine): number {
  let length = 0;
  line.forEach((point, i) => {
    const previous = line[i - 1];
    if (previous) length += distance(previous, point);
  });
  return length;
}

/** A place beside a line: the point on it, and the unit vector to its left. */
export interface Station {
  at: PlanPoint;
  left: PlanPoint;
}

/** The stations at the given distances along a line; the distances are in increasing order and within its length. */
export function stationsAlong(line: PlanLine, distances: readonly number[]): Station[] {
  const stations: Station[] = [];
  let before = 0;
  let next = 0;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1], line[i]];
    if (!from || !to) break;
    const length = distance(from, to);
    if (length === 0) continue;
    const [east, north] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    for (
      let along = distances[next];
      along !== undefined && along <= before + length;
      along = distances[next]
    ) {
      const rest = along - before;
      stations.push({ at: [from[0] + east * rest, from[1] + north * rest], left: [-north, east] });
      next++;
    }
    before += length;
  }
  return stations;
}

export function beside(station: Station, metresToTheLeft: number): PlanPoint {
  return [
    station.at[0] + station.left[0] * metresToTheLeft,
    station.at[1] + station.left[1] * metresToTheLeft,
  ];
}

/** Even-odd rule; the ring may be closed or open. */
export function isInside(ring: PlanLine, [x, y]: PlanPoint): boolean {
  let inside = false;
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if (!b) return;
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  });
  return inside;
}

/** Points in square cells: answers "is one nearer than this?" without looking at all of them. */
export class PointGrid {
  readonly #cell: number;
  readonly #cells = new Map<number, PlanPoint[]>();

  /** `cell`: at least the largest radius that will be asked for, in metres. */
  constructor(cell: number, points: Iterable<PlanPoint> = []) {
    this.#cell = cell;
    for (const point of points) this.add(point);
  }

  add(point: PlanPoint): void {
    const key = keyOf(Math.floor(point[0] / this.#cell), Math.floor(point[1] / this.#cell));
    const cell = this.#cells.get(key);
    if (cell) cell.push(point);
    else this.#cells.set(key, [point]);
  }

  hasWithin([east, north]: PlanPoint, radius: number): boolean {
    const [column, row] = [Math.floor(east / this.#cell), Math.floor(north / this.#cell)];
    for (let x = column - 1; x <= column + 1; x++) {
      for (let y = row - 1; y <= row + 1; y++) {
        for (const other of this.#cells.get(keyOf(x, y)) ?? []) {
          if ((other[0] - east) ** 2 + (other[1] - north) ** 2 < radius * radius) return true;
        }
      }
    }
    return false;
  }
}

/** One number for a cell: its columns and rows are far fewer than a million. */
const keyOf = (column: number, row: number) => column * 2_000_000 + row;

/** One degree of latitude in metres, to the precision that a made-up town needs. */
const METRES_PER_DEGREE = 111_195;

/** Plan to WGS 84 longitude, latitude, rounded to 6 decimals (a tenth of a metre). */
export function toLonLat(centre: readonly [number, number], [east, north]: PlanPoint): [number, number] {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  const lonScale = METRES_PER_DEGREE * Math.cos((centre[1] * Math.PI) / 180);
  return [round(centre[0] + east / lonScale), round(centre[1] + north / METRES_PER_DEGREE)];
}
