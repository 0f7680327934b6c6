import type { GeoFeature, Position } from '../../contract/index.ts';
import { METRES_PER_DEGREE } from './metresPerPixelAt.ts';
import { CROWDED, kindOf, roundedUp } from './symbology.ts';

/** Poles that stand together count as one: a task sets a further pole beside one that is full. */
const NEAR_METRES = 30;

/** The place where drops end, with the drops that meet there. */
interface Node {
  /** Metres. */
  x: number;
  y: number;
  count: number;
  /** The bundle of its drops; 0 as long as it is not crowded. */
  bundle: number;
  /** Emptied once the node is crowded. */
  drops: GeoFeature[];
}

interface Drop {
  bundle: number;
  /** The drop leads to its pole, and not from it. */
  reversed: boolean;
}

/** Says what changed in the bundles when drops were added. */
export interface BundleChange {
  /** Drops that were there before, and belong to another bundle now. */
  moved: GeoFeature[];
  /** The rounded number of drops of some bundle changed. */
  isDenser: boolean;
}

/**
 * Counts for one task how many drops meet at each pole, so that a map can draw dense ones fainter. All drops of a crowded
 * pole, and of the poles beside it, are one bundle, with a number of its own. Bundle 0 has all others, which are drawn at the same opacity.
 */
export class DropBundles {
  readonly #cells = new Map<number, Node[]>();
  readonly #drops = new Map<string, Drop>();
  /** The crowded poles; bundle 1 is the first. */
  readonly #crowded: Node[] = [];

  /** The number of bundles, bundle 0 included. */
  get size(): number {
    return this.#crowded.length + 1;
  }

  /** Adds the drops among the features. None of them was added before. */
  add(features: readonly GeoFeature[]): BundleChange {
    const change: BundleChange = { moved: [], isDenser: false };
    for (const feature of features) {
      if (feature.geometry.type !== 'LineString' || kindOf(feature) !== 'drop') continue;
      const { coordinates } = feature.geometry;
      const [first, last] = [this.#node(coordinates[0]), this.#node(coordinates.at(-1))];
      for (const node of first === last ? [first] : [first, last]) this.#count(node, feature, change);
      const reversed = last.bundle > 0 && last.count > first.count;
      const { bundle } = reversed || first.bundle === 0 ? last : first;
      this.#drops.set(feature.id, { bundle, reversed });
    }
    return change;
  }

  /** Takes drops out again. Those that stay keep their bundles, which become less dense. */
  remove(features: readonly GeoFeature[]): void {
    for (const { id, geometry } of features) {
      if (!this.#drops.delete(id) || geometry.type !== 'LineString') continue;
      const { coordinates } = geometry;
      for (const node of new Set([this.#node(coordinates[0]), this.#node(coordinates.at(-1))])) {
        node.count -= 1;
        node.drops = node.drops.filter((drop) => drop.id !== id);
      }
    }
  }

  bundleOf(featureId: string): number {
    return this.#drops.get(featureId)?.bundle ?? 0;
  }

  /** True where the last position of a drop is at its pole. */
  isReversed(featureId: string): boolean {
    return this.#drops.get(featureId)?.reversed ?? false;
  }

  /** Returns how many drops meet at the pole of a bundle, rounded up to a power of the square root of 2. */
  meetingIn(bundle: number): number {
    return roundedUp(this.#crowded[bundle - 1]?.count ?? 1);
  }

  #count(node: Node, drop: GeoFeature, change: BundleChange): void {
    node.count += 1;
    if (node.bundle > 0) {
      if (roundedUp(node.count) > roundedUp(node.count - 1)) change.isDenser = true;
      return;
    }
    node.drops.push(drop);
    if (node.count <= CROWDED) return;
    this.#crowded.push(node);
    node.bundle = this.#crowded.length;
    change.isDenser = true;
    for (const { id, geometry } of node.drops) {
      const known = this.#drops.get(id);
      if (!known || known.bundle > 0 || geometry.type !== 'LineString') continue;
      const reversed = this.#node(geometry.coordinates.at(-1)) === node;
      this.#drops.set(id, { bundle: node.bundle, reversed });
    }
    change.moved.push(...node.drops.filter(({ id }) => this.bundleOf(id) === node.bundle));
    node.drops = [];
  }

  /** Returns the place of a position: the nearest one that is no further than NEAR_METRES, or a new one. */
  #node([longitude = 0, latitude = 0]: Partial<Position> = []): Node {
    const y = latitude * METRES_PER_DEGREE;
    // One scale for each degree of latitude, so that neighbours have the same.
    const x = longitude * METRES_PER_DEGREE * Math.cos((Math.round(latitude) * Math.PI) / 180);
    const [column, row] = [Math.floor(x / NEAR_METRES), Math.floor(y / NEAR_METRES)];
    let nearest: Node | undefined;
    let distance = NEAR_METRES;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const node of this.#cells.get(cellOf(column + dx, row + dy)) ?? []) {
          const itsDistance = Math.hypot(node.x - x, node.y - y);
          if (itsDistance >= distance) continue;
          nearest = node;
          distance = itsDistance;
        }
      }
    }
    if (nearest) return nearest;
    const node: Node = { x, y, count: 0, bundle: 0, drops: [] };
    const cell = this.#cells.get(cellOf(column, row));
    if (cell) cell.push(node);
    else this.#cells.set(cellOf(column, row), [node]);
    return node;
  }
}

const cellOf = (column: number, row: number) => (column + 2 ** 21) * 2 ** 23 + row + 2 ** 21;
