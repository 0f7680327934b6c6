import type { BoundingBox, Position } from '../../src/contract/index.ts';

/** So many positions stand for all of them where a middle or a picture is wanted. */
const KEPT = 4_096;

/** Follows positions as they come: their box, and an even sample of them. It holds the same memory however many come. */
export class Extent {
  count = 0;
  #box: BoundingBox | undefined;
  /** Every so many positions one is kept; doubled whenever the sample is full. */
  #stride = 1;
  #kept: Position[] = [];

  add([longitude, latitude]: Position): void {
    const near = this.#near(longitude);
    if (this.#box) {
      const [west, south, east, north] = this.#box;
      this.#box = [
        Math.min(west, near),
        Math.min(south, latitude),
        Math.max(east, near),
        Math.max(north, latitude),
      ];
    } else {
      this.#box = [near, latitude, near, latitude];
    }
    if (this.count % this.#stride === 0) {
      this.#kept.push([near, latitude]);
      if (this.#kept.length > KEPT) {
        this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
        this.#stride *= 2;
      }
    }
    this.count += 1;
  }

  /** Undefined where no position came. Over the antimeridian it goes on beyond 180 degrees, and so does the sample. */
  get box(): BoundingBox | undefined {
    return this.#box;
  }

  get sample(): readonly Position[] {
    return this.#kept;
  }

  /** The middle one of the sample in both directions. */
  get middle(): Position | undefined {
    const at = this.#kept.length >> 1;
    const [longitude, latitude] = [0, 1].map(
      (axis) => this.#kept.map((position) => position[axis] ?? 0).sort((a, b) => a - b)[at],
    );
    return longitude === undefined || latitude === undefined ? undefined : [longitude, latitude];
  }

  /** The longitude in the world in which the first position is. */
  #near(longitude: number): number {
    const first = this.#kept[0]?.[0];
    if (first === undefined) return longitude;
    return longitude + 360 * Math.round((first - longitude) / 360);
  }
}
