import type { GeoFeature, Position } from '../../contract/index.ts';
import { CROWDED, kindOf, roundedUp } from './symbology.ts';

/** The end of a drop, with the drops that meet there. */
interface Node {
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
 * pole are one bundle, with a number of its own. Bundle 0 has all others, which are drawn at the same opacity.
 */
export class DropBundles {
  readonly #nodes = new Map<string, Node>();
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

  #node([longitude = 0, latitude = 0]: Partial<Position> = []): Node {
    // Seven digits are a centimetre.
    const key = `${longitude.toFixed(7)} ${latitude.toFixed(7)}`;
    const known = this.#nodes.get(key);
    if (known) return known;
    const node: Node = { count: 0, bundle: 0, drops: [] };
    this.#nodes.set(key, node);
    return node;
  }
}
