import { type BoundingBox, boundsOf, type Geometry } from '../../src/contract/index.ts';
import { quoted } from './layerColumns.ts';
import type { DatabaseFile } from './sqlite/DatabaseFile.ts';

/** A layer with more features has no index: the boxes would take more memory than all else. QGIS offers to make one. */
const MAX_FEATURES = 1_000_000;
/** SQLite's R*Tree has so many cells in a node (sqlite3 rtree.c): an id of 8 bytes and four numbers of 4 bytes each. */
const CELLS = 51;
const CELL_BYTES = 24;
const NODE_BYTES = 4 + CELLS * CELL_BYTES;

interface Entry {
  /** The feature's, or the node's. */
  id: number;
  box: BoundingBox;
}

interface Node {
  entries: readonly Entry[];
  box: BoundingBox;
}

/** Collects the boxes of a layer, and writes the index by which QGIS and GDAL find what is in view (extension gpkg_rtree_index). */
export class SpatialIndexOfLayer {
  readonly #table: string;
  #entries: Entry[] = [];
  #isTooLarge = false;

  constructor(table: string) {
    this.#table = table;
  }

  add(id: number, geometry: Geometry): void {
    if (this.#isTooLarge) return;
    const box = boundsOf([geometry]);
    if (box) this.#entries.push({ id, box });
    if (this.#entries.length <= MAX_FEATURES) return;
    this.#isTooLarge = true;
    this.#entries = [];
  }

  /** Returns false where the layer gets none. */
  async write(file: DatabaseFile): Promise<boolean> {
    if (this.#isTooLarge) return false;
    const name = `rtree_${this.#table}_geom`;
    file.virtualTable(name, `CREATE VIRTUAL TABLE ${quoted(name)} USING rtree(id, minx, maxx, miny, maxy)`);
    const levels = levelsOf(packed(this.#entries));
    const numbers = numbered(levels);
    await writeShadow(
      file,
      name,
      'rowid',
      'rowid INTEGER PRIMARY KEY,nodeno',
      leafOfFeature(levels, numbers),
    );
    await writeShadow(file, name, 'node', 'nodeno INTEGER PRIMARY KEY,data', nodes(levels, numbers));
    await writeShadow(
      file,
      name,
      'parent',
      'nodeno INTEGER PRIMARY KEY,parentnode',
      parents(levels, numbers),
    );
    for (const [trigger, sql] of triggers(this.#table, name)) file.trigger(trigger, this.#table, sql);
    this.#entries = [];
    return true;
  }
}

async function writeShadow(
  file: DatabaseFile,
  name: string,
  part: string,
  columns: string,
  rows: Iterable<readonly [id: number, value: number | Uint8Array<ArrayBuffer>]>,
): Promise<void> {
  const table = file.table(`${name}_${part}`);
  for (const [id, value] of rows) await table.add(id, [null, value]);
  await table.end(`CREATE TABLE ${quoted(`${name}_${part}`)}(${columns})`);
}

/** Leaves of features that are near one another: slices from west to east, each from south to north. */
function packed(entries: readonly Entry[]): Node[] {
  const middle = ({ box }: Entry, axis: 0 | 1) => box[axis] + box[(axis + 2) as 2 | 3];
  const slices = Math.max(1, Math.ceil(Math.sqrt(entries.length / CELLS)));
  const eastwards = [...entries].sort((a, b) => middle(a, 0) - middle(b, 0));
  return chunks(eastwards, Math.max(CELLS, Math.ceil(entries.length / slices))).flatMap((slice) =>
    chunks(
      [...slice].sort((a, b) => middle(a, 1) - middle(b, 1)),
      CELLS,
    ).map(nodeOf),
  );
}

/** From the leaves to the root, which alone is on the last level. Entries above the leaves have the place of a node as their id. */
function levelsOf(leaves: Node[]): Node[][] {
  const levels = [leaves.length > 0 ? leaves : [nodeOf([])]];
  for (let level = levels[0] ?? []; level.length > 1; ) {
    const entries = level.map(({ box }, id) => ({ id, box }));
    level = chunks(entries, CELLS).map(nodeOf);
    levels.push(level);
  }
  return levels;
}

/** The number of the first node of each level. The root is number 1. */
function numbered(levels: readonly Node[][]): number[] {
  const firsts: number[] = [];
  let next = 1;
  for (let at = levels.length - 1; at >= 0; at -= 1) {
    firsts[at] = next;
    next += levels[at]?.length ?? 0;
  }
  return firsts;
}

function leafOfFeature([leaves = []]: readonly Node[][], [first = 1]: readonly number[]): [number, number][] {
  const rows = leaves.flatMap(({ entries }, i) => entries.map(({ id }): [number, number] => [id, first + i]));
  return rows.sort(([a], [b]) => a - b);
}

function* nodes(
  levels: readonly Node[][],
  firsts: readonly number[],
): Generator<[number, Uint8Array<ArrayBuffer>]> {
  for (let at = levels.length - 1; at >= 0; at -= 1) {
    const below = at === 0 ? 0 : (firsts[at - 1] ?? 0);
    for (const [i, node] of (levels[at] ?? []).entries()) {
      const number = (firsts[at] ?? 0) + i;
      // The root says how many levels are below it.
      yield [number, blobOf(node, number === 1 ? levels.length - 1 : 0, below)];
    }
  }
}

function* parents(levels: readonly Node[][], firsts: readonly number[]): Generator<[number, number]> {
  for (let at = levels.length - 1; at > 0; at -= 1) {
    for (const [i, { entries }] of (levels[at] ?? []).entries()) {
      for (const { id } of entries) yield [(firsts[at - 1] ?? 0) + id, (firsts[at] ?? 0) + i];
    }
  }
}

function blobOf({ entries }: Node, depth: number, first: number): Uint8Array<ArrayBuffer> {
  const blob = new Uint8Array(NODE_BYTES);
  const view = new DataView(blob.buffer);
  view.setUint16(0, depth);
  view.setUint16(2, entries.length);
  for (const [i, { id, box }] of entries.entries()) {
    const at = 4 + i * CELL_BYTES;
    view.setBigInt64(at, BigInt(first + id));
    const [west, south, east, north] = box;
    for (const [place, value] of [below(west), above(east), below(south), above(north)].entries()) {
      view.setFloat32(at + 8 + place * 4, value);
    }
  }
  return blob;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** The index has numbers of 32 bits: a box is never smaller than what is in it. This is the greatest of them that is not above. */
function below(value: number): number {
  float[0] = value;
  const nearest = float[0];
  if (nearest <= value) return nearest;
  // The number below has bits that differ by one.
  if (nearest === 0) return -(2 ** -149);
  bits[0] = (bits[0] ?? 0) + (nearest > 0 ? -1 : 1);
  return float[0];
}

const above = (value: number) => -below(-value);

function nodeOf(entries: readonly Entry[]): Node {
  const box: BoundingBox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { box: other } of entries) {
    box[0] = Math.min(box[0], other[0]);
    box[1] = Math.min(box[1], other[1]);
    box[2] = Math.max(box[2], other[2]);
    box[3] = Math.max(box[3], other[3]);
  }
  return { entries, box };
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

/** The standard prescribes these, so that the index stays right when somebody edits the layer. */
function triggers(table: string, index: string): [name: string, sql: string][] {
  const [t, i] = [quoted(table), quoted(index)];
  const isThere = 'NEW."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom")';
  const isGone = 'NEW."geom" IS NULL OR ST_IsEmpty(NEW."geom")';
  const put = `INSERT OR REPLACE INTO ${i} VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom"));`;
  const drop = `DELETE FROM ${i} WHERE id = OLD."fid";`;
  const of = (name: string, when: string, condition: string, work: string): [string, string] => [
    `${index}_${name}`,
    `CREATE TRIGGER ${quoted(`${index}_${name}`)} AFTER ${when} ON ${t} WHEN ${condition} BEGIN ${work} END`,
  ];
  return [
    of('insert', 'INSERT', `(${isThere})`, put),
    of('update1', 'UPDATE OF "geom"', `OLD."fid" = NEW."fid" AND (${isThere})`, put),
    of('update2', 'UPDATE OF "geom"', `OLD."fid" = NEW."fid" AND (${isGone})`, drop),
    of('update3', 'UPDATE', `OLD."fid" != NEW."fid" AND (${isThere})`, `${drop} ${put}`),
    of(
      'update4',
      'UPDATE',
      `OLD."fid" != NEW."fid" AND (${isGone})`,
      `DELETE FROM ${i} WHERE id IN (OLD."fid", NEW."fid");`,
    ),
    of('delete', 'DELETE', 'OLD."geom" NOT NULL', drop),
  ];
}
