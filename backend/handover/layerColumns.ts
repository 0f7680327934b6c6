import { type BoundingBox, boundsOf } from '../../src/contract/index.ts';
import type { NetworkRecord } from '../network/NetworkStore.ts';
import { isThreeDimensional } from './geometryBlob.ts';
import type { SqlValue } from './sqlite/records.ts';

/** SQLite takes 2,000 columns; spreadsheets and QGIS get slow long before. Properties beyond are together in one column. */
const MAX_COLUMNS = 500;
const MORE = 'more_properties';
/** Columns that every layer has. A property of the same name, in whatever case, gets a number behind. */
const TAKEN = ['fid', 'geom', 'urn', 'design', MORE];

type ColumnType = 'INTEGER' | 'REAL' | 'BOOLEAN' | 'TEXT';

interface Column {
  property: string;
  name: string;
  type: ColumnType | undefined;
}

/** The columns of a layer, found by reading all of its records once. */
export class LayerColumns {
  readonly #columns = new Map<string, Column>();
  readonly #names = new Set(TAKEN);
  #hasMore = false;
  #records = 0;
  #points3d = 0;
  #bounds: BoundingBox | undefined;

  get records(): number {
    return this.#records;
  }

  get hasAltitudes(): boolean {
    return this.#points3d > 0;
  }

  get bounds(): BoundingBox | undefined {
    return this.#bounds;
  }

  learn({ properties }: NetworkRecord): void {
    this.#records += 1;
    for (const [property, value] of Object.entries(properties)) {
      const column = this.#columns.get(property) ?? this.#add(property);
      if (!column || value === null || value === undefined) continue;
      column.type = column.type === undefined ? typeOf(value) : wider(column.type, typeOf(value));
    }
  }

  /** Notes where a record is that is being written. */
  locate({ geometry }: NetworkRecord): void {
    if (!geometry) return;
    if (isThreeDimensional(geometry)) this.#points3d += 1;
    this.#bounds = union(this.#bounds, boundsOf([geometry]));
  }

  /** Their part of CREATE TABLE. */
  get sql(): string[] {
    const columns = [...this.#columns.values()].map(({ name, type = 'TEXT' }) => `${quoted(name)} ${type}`);
    return this.#hasMore ? [...columns, `"${MORE}" TEXT`] : columns;
  }

  /** A record's values, in order. */
  values({ properties }: NetworkRecord): SqlValue[] {
    const values = [...this.#columns.values()].map(({ property, type = 'TEXT' }) =>
      sqlValue(properties[property], type),
    );
    if (!this.#hasMore) return values;
    const more = Object.entries(properties).filter(([property]) => !this.#columns.has(property));
    return [...values, more.length > 0 ? JSON.stringify(Object.fromEntries(more)) : null];
  }

  #add(property: string): Column | undefined {
    if (this.#columns.size >= MAX_COLUMNS) {
      this.#hasMore = true;
      return undefined;
    }
    // Names of columns are the same in any case, and have no NUL.
    const base = property.replaceAll('\0', '') || 'property';
    let name = base;
    for (let n = 2; this.#names.has(folded(name)); n += 1) name = `${base}_${n}`;
    this.#names.add(folded(name));
    const column = { property, name, type: undefined };
    this.#columns.set(property, column);
    return column;
  }
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const folded = (name: string) => name.toLowerCase();

function typeOf(value: unknown): ColumnType {
  if (typeof value === 'boolean') return 'BOOLEAN';
  if (typeof value !== 'number') return 'TEXT';
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'INTEGER' : 'REAL';
}

function wider(a: ColumnType, b: ColumnType): ColumnType {
  if (a === b) return a;
  const isNumeric = (type: ColumnType) => type === 'INTEGER' || type === 'REAL';
  return isNumeric(a) && isNumeric(b) ? 'REAL' : 'TEXT';
}

/** A value that does not fit into its column came after the columns had been read. It is left out. */
function sqlValue(value: unknown, type: ColumnType): SqlValue {
  if (value === null || value === undefined) return null;
  if (type === 'TEXT') return typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? value : null;
  if (typeof value !== 'number') return null;
  return type === 'REAL' || Number.isSafeInteger(value) ? value : null;
}

function union(a: BoundingBox | undefined, b: BoundingBox | undefined): BoundingBox | undefined {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
