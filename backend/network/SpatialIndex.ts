import { around, distance } from 'geokdbush';
import KDBush from 'kdbush';
import type { Position } from '../../src/contract/index.ts';
import { geodesicDistance } from './geodesy.ts';
import type { NetworkRecord } from './NetworkStore.ts';
import { sortTree } from './sortTree.ts';

export interface Neighbour {
  record: NetworkRecord;
  /** Along the geodesic of the WGS 84 ellipsoid. */
  metres: number;
}

/**
 * The tree measures on a sphere of 6,371 km. Locally the ellipsoid is between 0.9944 (meridian, at the equator) and
 * 1.0045 times as long, so whatever lies within d metres lies within d * 1.006 on that sphere.
 */
const SPHERE_MARGIN = 1.006;
/** Metres, for rounding. */
const SLACK = 1e-6;

/** The index looks through this many rows one by one before it builds the tree again. */
const MAX_LOOSE_ROWS = 512;

/**
 * Finds the nearest of a list's rows, which are in order of id. The list reports each row that it puts or removes
 * anywhere but at its end. Rows without a point are never found.
 */
export class SpatialIndex {
  readonly #rows: readonly NetworkRecord[];
  #tree: KDBush | undefined;
  #inTree: NetworkRecord[] = [];
  /** The tree was built from this many of the rows, from the first. */
  #covered = 0;
  /** By id, the rows that were put among the covered ones since the tree was built; undefined: removed. */
  #changed = new Map<number, NetworkRecord | undefined>();

  constructor(rows: readonly NetworkRecord[]) {
    this.#rows = rows;
  }

  /** The list has put the record at this place, instead of `old` where there was one. */
  put(at: number, record: NetworkRecord, old: NetworkRecord | undefined): void {
    if (at >= this.#covered) return;
    if (!old) this.#covered += 1;
    this.#changed.set(record.id, record);
  }

  /** The list has removed what was at this place. */
  remove(at: number, id: number): void {
    if (at >= this.#covered) return;
    this.#covered -= 1;
    this.#changed.set(id, undefined);
  }

  /** Nearest first, equal distances in order of id. `isHidden` says which records are left out. */
  nearest(
    from: Position,
    limit: number,
    radiusMetres: number,
    isHidden: (id: number) => boolean = () => false,
  ): Neighbour[] {
    if (this.#rows.length - this.#covered + this.#changed.size > MAX_LOOSE_ROWS) this.#build();
    const found: Neighbour[] = [];
    const collect = (record: NetworkRecord) => {
      if (record.geometry?.type !== 'Point') return;
      const metres = geodesicDistance(from, record.geometry.coordinates);
      if (metres <= radiusMetres) found.push({ record, metres });
    };

    const collectLoose = (record: NetworkRecord | undefined) => {
      if (record?.geometry?.type !== 'Point' || isHidden(record.id)) return;
      const [longitude, latitude] = record.geometry.coordinates;
      const metres = distance(from[0], from[1], longitude, latitude) * 1000;
      if (metres <= radiusMetres * SPHERE_MARGIN + SLACK) collect(record);
    };
    for (let i = this.#covered; i < this.#rows.length; i++) collectLoose(this.#rows[i]);
    for (const record of this.#changed.values()) collectLoose(record);

    const isLeftOut = (id: number) => this.#changed.has(id) || isHidden(id);
    const first = this.#fromTree(from, limit, radiusMetres, isLeftOut);
    first.forEach(collect);
    found.sort(byDistance);
    if (first.length < limit) return found.slice(0, limit);

    // The tree stopped at its own order; some beyond may yet be nearer on the ellipsoid than the last one found.
    const last = found[limit - 1]?.metres ?? radiusMetres;
    this.#fromTree(from, Number.POSITIVE_INFINITY, last, isLeftOut).slice(first.length).forEach(collect);
    return found.sort(byDistance).slice(0, limit);
  }

  #fromTree(
    from: Position,
    limit: number,
    radiusMetres: number,
    isLeftOut: (id: number) => boolean,
  ): NetworkRecord[] {
    if (!this.#tree) return [];
    const kilometres = (radiusMetres * SPHERE_MARGIN + SLACK) / 1000;
    const found: NetworkRecord[] = [];
    // geokdbush compares by the haversine, which comes down again beyond half the way round the Earth.
    const reach = kilometres > 20_000 ? Number.POSITIVE_INFINITY : kilometres;
    const isWanted = (i: number) => !isLeftOut(this.#inTree[i]?.id ?? 0);
    for (const i of around(this.#tree, from[0], from[1], limit, reach, isWanted)) {
      const record = this.#inTree[i];
      if (record) found.push(record);
    }
    return found;
  }

  /** Builds the tree in steps, between which other work may go on. Nothing may change the rows meanwhile. */
  *prepare(): Generator<undefined, void> {
    const { tree, records } = this.#collect();
    this.#use(yield* sortTree(tree), records);
  }

  #build(): void {
    const { tree, records } = this.#collect();
    this.#use(tree.finish(), records);
  }

  #collect(): { tree: KDBush; records: NetworkRecord[] } {
    const points: Position[] = [];
    const records: NetworkRecord[] = [];
    for (const record of this.#rows) {
      if (record.geometry?.type !== 'Point') continue;
      points.push(record.geometry.coordinates);
      records.push(record);
    }
    const tree = new KDBush(points.length);
    for (const [longitude, latitude] of points) tree.add(longitude, latitude);
    return { tree, records };
  }

  #use(tree: KDBush, records: NetworkRecord[]): void {
    this.#tree = tree;
    this.#inTree = records;
    this.#covered = this.#rows.length;
    this.#changed.clear();
  }
}

export function byDistance(a: Neighbour, b: Neighbour): number {
  return a.metres - b.metres || a.record.id - b.record.id;
}
