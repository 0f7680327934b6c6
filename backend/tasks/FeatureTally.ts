import {
  type BoundingBox,
  type BuiltSummary,
  type GeoFeature,
  MAX_BUILT_TABLES,
} from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';

/** A longer name of a table is cut. */
const MAX_TABLE_NAME = 100;

/** Sums up the features of one attempt as they come, for the events that carry them. */
export class FeatureTally {
  readonly #tables = new Set<string>();
  readonly #bbox: BoundingBox = [Infinity, Infinity, -Infinity, -Infinity];
  #count = 0;

  add({ geometry, properties }: GeoFeature): void {
    this.#count += 1;
    if (this.#tables.size < MAX_BUILT_TABLES) this.#tables.add(boundText(properties.table, MAX_TABLE_NAME));
    this.#include(geometry.coordinates);
  }

  /** A copy of its own. */
  get summary(): BuiltSummary {
    const [west, south, east, north] = this.#bbox;
    return {
      count: this.#count,
      tables: [...this.#tables],
      ...(west <= east && { bbox: [west, south, east, north] }),
    };
  }

  /** It makes no arrays on the way, because it reads each position of everything that tasks build. */
  #include(coordinates: unknown): void {
    if (!Array.isArray(coordinates)) return;
    const [x, y]: unknown[] = coordinates;
    if (typeof x !== 'number' || typeof y !== 'number') {
      for (const part of coordinates) this.#include(part);
      return;
    }
    const box = this.#bbox;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
}
