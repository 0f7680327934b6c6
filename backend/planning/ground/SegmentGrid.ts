/** Metres: the sides of the cells, and the longest side of a segment's box that lies in cells of that size. */
const LEVELS = [
  { cell: 50, longest: 1_000 },
  { cell: 2_000, longest: Number.POSITIVE_INFINITY },
] as const;
/** Cells are numbered by column * COLUMN + row; the plane is 2 * 10^6 cells wide at most. */
const COLUMN = 4_194_304;

export interface Foot {
  segment: number;
  /** From 0 at the segment's first end to 1. */
  t: number;
  metres: number;
}

/** Finds the segments of a plane that are near a point. Its time is that of the few that are near. */
export class SegmentGrid {
  /** Four numbers for each segment: x and y of its ends. */
  readonly #ends: Float64Array;
  readonly #levels = LEVELS.map(({ cell }) => ({ cell, cells: new Map<number, number[]>() }));
  readonly #seen: Uint32Array;
  #round = 0;

  constructor(ends: Float64Array) {
    this.#ends = ends;
    const count = ends.length / 4;
    this.#seen = new Uint32Array(count);
    for (let segment = 0; segment < count; segment++) this.#put(segment);
  }

  get count(): number {
    return this.#seen.length;
  }

  /** The foot on the nearest segment not farther than `reach` that `isWanted`; the first segment where two are as near. */
  nearest(x: number, y: number, reach: number, isWanted?: (segment: number) => boolean): Foot | undefined {
    let best: Foot | undefined;
    // A near one is found in a small circle, without a look at all the cells of a large one.
    for (let radius = Math.min(reach, 60); ; radius = Math.min(reach, radius * 4)) {
      this.near(x, y, radius, (segment) => {
        if (isWanted && !isWanted(segment)) return;
        const foot = this.foot(segment, x, y);
        if (foot.metres > reach) return;
        const isNearer = !best || foot.metres < best.metres;
        if (isNearer || (foot.metres === best?.metres && segment < best.segment)) best = foot;
      });
      if ((best && best.metres <= radius) || radius >= reach) return best;
    }
  }

  /** Calls with each segment whose cells are in the square around the point, once. */
  near(x: number, y: number, reach: number, visit: (segment: number) => void): void {
    this.box(x - reach, y - reach, x + reach, y + reach, visit);
  }

  /** Calls with each segment whose cells meet the box, once. */
  box(left: number, bottom: number, right: number, top: number, visit: (segment: number) => void): void {
    this.#round += 1;
    for (const { cell, cells } of this.#levels) {
      const lastColumn = Math.floor(right / cell);
      const lastRow = Math.floor(top / cell);
      for (let column = Math.floor(left / cell); column <= lastColumn; column++) {
        for (let row = Math.floor(bottom / cell); row <= lastRow; row++) {
          for (const segment of cells.get(column * COLUMN + row) ?? []) {
            if (this.#seen[segment] === this.#round) continue;
            this.#seen[segment] = this.#round;
            visit(segment);
          }
        }
      }
    }
  }

  foot(segment: number, x: number, y: number): Foot {
    const [ax, ay, bx, by] = this.ends(segment);
    const [dx, dy] = [bx - ax, by - ay];
    const square = dx * dx + dy * dy;
    const along = square > 0 ? ((x - ax) * dx + (y - ay) * dy) / square : 0;
    const t = Math.min(1, Math.max(0, along));
    return { segment, t, metres: Math.hypot(ax + t * dx - x, ay + t * dy - y) };
  }

  ends(segment: number): readonly [ax: number, ay: number, bx: number, by: number] {
    const at = segment * 4;
    const ends = this.#ends;
    return [ends[at] ?? 0, ends[at + 1] ?? 0, ends[at + 2] ?? 0, ends[at + 3] ?? 0];
  }

  #put(segment: number): void {
    const [ax, ay, bx, by] = this.ends(segment);
    const size = Math.max(Math.abs(ax - bx), Math.abs(ay - by));
    const at = LEVELS.findIndex(({ longest }) => size <= longest);
    const level = this.#levels[at];
    if (!level) return;
    const { cell, cells } = level;
    const first = Math.floor(Math.min(ax, bx) / cell);
    const last = Math.floor(Math.max(ax, bx) / cell);
    for (let column = first; column <= last; column++) {
      // The part of the segment over this column of cells.
      const [low, high] = clip(ax, ay, bx, by, column * cell, (column + 1) * cell);
      for (let row = Math.floor(low / cell); row <= Math.floor(high / cell); row++) {
        const key = column * COLUMN + row;
        const there = cells.get(key);
        if (there) there.push(segment);
        else cells.set(key, [segment]);
      }
    }
  }
}

/** The lowest and the highest y of the segment between two values of x, with a hair's breadth more. */
function clip(ax: number, ay: number, bx: number, by: number, from: number, to: number): [number, number] {
  const slope = bx === ax ? 0 : (by - ay) / (bx - ax);
  const low = Math.max(from, Math.min(ax, bx));
  const high = Math.min(to, Math.max(ax, bx));
  if (slope === 0) return [Math.min(ay, by), Math.max(ay, by)];
  const [one, other] = [ay + (low - ax) * slope, ay + (high - ax) * slope];
  return [Math.min(one, other) - 1e-6, Math.max(one, other) + 1e-6];
}
