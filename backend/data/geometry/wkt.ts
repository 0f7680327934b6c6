import type { RawGeometry } from '../layers/LayerSource.ts';

const NAMES: Readonly<Record<string, string>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  LINEARRING: 'LineString',
  POLYGON: 'Polygon',
  MULTIPOINT: 'MultiPoint',
  MULTILINESTRING: 'MultiLineString',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
};
const START =
  /^\s*(?:SRID\s*=\s*(\d+)\s*;\s*)?(POINT|LINESTRING|LINEARRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\s*(ZM|Z|M)?\s*(?=\(|EMPTY)/i;
const MAX_DEPTH = 8;

export interface Wkt {
  geometry: RawGeometry | null;
  srid?: number;
}

/** Reads well-known text, also the extended one of PostGIS with 'SRID=...;'. Undefined for a text that is none. */
export function parseWkt(text: string): Wkt | undefined {
  const srid = START.exec(text)?.[1];
  const reader = new WktReader(text.replace(/^\s*SRID\s*=\s*\d+\s*;/i, ''));
  const geometry = reader.geometry(0);
  if (geometry === undefined) return undefined;
  return { geometry, ...(srid !== undefined && { srid: Number(srid) }) };
}

export function looksLikeWkt(text: string): boolean {
  return START.test(text);
}

type Nested = number[] | Nested[];

class WktReader {
  readonly #text: string;
  #at = 0;
  #hasM = false;

  constructor(text: string) {
    this.#text = text;
  }

  geometry(depth: number): RawGeometry | null | undefined {
    const found = START.exec(this.#text.slice(this.#at, this.#at + 60));
    const type = NAMES[found?.[2]?.toUpperCase() ?? ''];
    if (!found || type === undefined || depth > MAX_DEPTH) return undefined;
    this.#hasM = found[3]?.toUpperCase() === 'M';
    this.#at += found[0].length;
    if (/^EMPTY/i.test(this.#text.slice(this.#at, this.#at + 5))) {
      this.#at += 5;
      return null;
    }
    if (type === 'GeometryCollection') return { type, geometries: this.#collection(depth) };
    const value = this.#nested(0);
    if (value === undefined) return undefined;
    if (type === 'Point') return { type, coordinates: value[0] };
    // MULTIPOINT may have each point in brackets of its own, or not.
    if (type === 'MultiPoint')
      return { type, coordinates: value.map((p) => (Array.isArray(p) && Array.isArray(p[0]) ? p[0] : p)) };
    return { type, coordinates: value };
  }

  #collection(depth: number): RawGeometry[] {
    const parts: RawGeometry[] = [];
    this.#at++;
    for (;;) {
      const part = this.geometry(depth + 1);
      if (part) parts.push(part);
      this.#skip();
      const next = this.#text[this.#at++];
      if (part === undefined || next !== ',') return parts;
    }
  }

  /** '(1 2, 3 4)' is two positions, '((1 2, 3 4), (5 6))' two lists of them. */
  #nested(depth: number): Nested[] | undefined {
    this.#skip();
    if (this.#text[this.#at] !== '(' || depth > MAX_DEPTH) return undefined;
    this.#at++;
    const values: Nested[] = [];
    for (;;) {
      this.#skip();
      const value = this.#text[this.#at] === '(' ? this.#nested(depth + 1) : this.#position();
      if (value === undefined) return undefined;
      values.push(value);
      this.#skip();
      const next = this.#text[this.#at++];
      if (next === ')') return values;
      if (next !== ',') return undefined;
    }
  }

  #position(): number[] | undefined {
    const match = /[^,()]*/y;
    match.lastIndex = this.#at;
    const text = match.exec(this.#text)?.[0] ?? '';
    const numbers = text.trim().split(/\s+/).map(Number);
    if (text.trim() === '' || numbers.some(Number.isNaN)) return undefined;
    this.#at += text.length;
    return this.#hasM ? numbers.slice(0, 2) : numbers.slice(0, 3);
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
