import type { GeoFeature, Position } from '../../contract/index.ts';
import { METRES_PER_DEGREE } from './metresPerPixelAt.ts';
import { CROWDED, kindOf, roundedUp } from './symbology.ts';

/** Poles that stand together count as one: a task sets a further pole beside one that is full. */
const NEAR_METRES = 30;
/** The fans of poles that stand no further apart lie over each other, so they are one bundle. A task sets its poles in a row. */
const LINKED_METRES = 60;
/** So many drops meet where houses stand together. Only a place with more is taken for a pole beside a crowded one. */
const HOUSES = 4;

/** The place where drops end, with the drops that meet there. */
interface Node {
  /** Metres. */
  x: number;
  y: number;
  count: number;
  /** The bundle of its drops; 0 as long as neither it nor a pole beside it is crowded. */
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
  /** The number of drops in each bundle; bundle 1 is the first. */
  readonly #counts: number[] = [];

  /** The number of bundles, bundle 0 included. */
  get size(): number {
    return this.#counts.length + 1;
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
        if (node.bundle > 0) this.#counts[node.bundle - 1] = (this.#counts[node.bundle - 1] ?? 1) - 1;
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
    return roundedUp(this.#counts[bundle - 1] ?? 1);
  }

  #count(node: Node, drop: GeoFeature, change: BundleChange): void {
    node.count += 1;
    if (node.bundle > 0) this.#grow(node.bundle, 1, change);
    else node.drops.push(drop);
    if (node.count !== CROWDED + 1 && node.count !== HOUSES + 1) return;
    const isCrowded = node.count > CROWDED;
    const beside = this.#around(node, LINKED_METRES);
    if (node.bundle === 0) {
      const crowd = beside.find(({ bundle, count }) => bundle > 0 && (isCrowded || count > CROWDED));
      if (!crowd && !isCrowded) return;
      this.#join(node, crowd?.bundle ?? this.#counts.push(0), change);
    }
    if (!isCrowded) return;
    for (const other of beside)
      if (other.bundle === 0 && other.count > HOUSES) this.#join(other, node.bundle, change);
  }

  /** The drops of a pole are a part of a bundle from now on. */
  #join(node: Node, bundle: number, change: BundleChange): void {
    node.bundle = bundle;
    this.#grow(bundle, node.count, change);
    const joining = node.drops.filter(({ id, geometry }) => {
      const known = this.#drops.get(id);
      if (!known || known.bundle > 0 || geometry.type !== 'LineString') return false;
      const reversed = this.#node(geometry.coordinates.at(-1)) === node;
      this.#drops.set(id, { bundle, reversed });
      return true;
    });
    for (const drop of joining) change.moved.push(drop);
    node.drops = [];
  }

  #grow(bundle: number, by: number, change: BundleChange): void {
    const before = this.#counts[bundle - 1] ?? 0;
    this.#counts[bundle - 1] = before + by;
    if (before === 0 || roundedUp(before + by) > roundedUp(before)) change.isDenser = true;
  }

  /** Returns the place of a position: the nearest one that is no further than NEAR_METRES, or a new one. */
  #node([longitude = 0, latitude = 0]: Partial<Position> = []): Node {
    const y = latitude * METRES_PER_DEGREE;
    // One scale for each degree of latitude, so that neighbours have the same.
    const x = longitude * METRES_PER_DEGREE * Math.cos((Math.round(latitude) * Math.PI) / 180);
    const [nearest] = this.#around({ x, y }, NEAR_METRES);
    if (nearest) return nearest;
    const node: Node = { x, y, count: 0, bundle: 0, drops: [] };
    const key = cellOf(Math.floor(x / NEAR_METRES), Math.floor(y / NEAR_METRES));
    const cell = this.#cells.get(key);
    if (cell) cell.push(node);
    else this.#cells.set(key, [node]);
    return node;
  }

  /** Returns the places that are nearer than so many metres, the nearest first, without the place itself. */
  #around(of: { x: number; y: number }, metres: number): Node[] {
    const [column, row] = [Math.floor(of.x / NEAR_METRES), Math.floor(of.y / NEAR_METRES)];
    const reach = Math.ceil(metres / NEAR_METRES);
    const found: { node: Node; distance: number }[] = [];
    for (let dx = -reach; dx <= reach; dx++) {
      for (let dy = -reach; dy <= reach; dy++) {
        for (const node of this.#cells.get(cellOf(column + dx, row + dy)) ?? []) {
          const distance = Math.hypot(node.x - of.x, node.y - of.y);
          if (node !== of && distance < metres) found.push({ node, distance });
        }
      }
    }
    return found.sort((one, other) => one.distance - other.distance).map(({ node }) => node);
  }
}

const cellOf = (column: number, row: number) => (column + 2 ** 21) * 2 ** 23 + row + 2 ** 21;
