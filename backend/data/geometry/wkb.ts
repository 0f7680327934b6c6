import type { RawGeometry } from '../layers/LayerSource.ts';

const TYPES: Readonly<Record<number, string>> = {
  1: 'Point',
  2: 'LineString',
  3: 'Polygon',
  4: 'MultiPoint',
  5: 'MultiLineString',
  6: 'MultiPolygon',
  7: 'GeometryCollection',
};
const MAX_NESTING = 8;

export interface Wkb {
  geometry: RawGeometry | null;
  srid?: number;
}

/** Reads well-known binary: ISO with Z and M, and the extended one of PostGIS. Throws a RangeError on what is cut off. */
export function parseWkb(bytes: Uint8Array): Wkb {
  const reader = new WkbReader(bytes);
  const geometry = reader.geometry(0);
  return { geometry, ...(reader.srid !== undefined && { srid: reader.srid }) };
}

/** Reads well-known binary in hexadecimal digits, as PostGIS shows it; undefined for a text that is none. */
export function parseHexWkb(text: string): Wkb | undefined {
  if (!/^0[01][0-9a-f]{16,}$/i.test(text) || text.length % 2 === 1) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return parseWkb(bytes);
}

class WkbReader {
  readonly #view: DataView;
  #at = 0;
  srid: number | undefined;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  geometry(nesting: number): RawGeometry | null {
    if (nesting > MAX_NESTING) throw new RangeError('nested too deep');
    const little = this.#view.getUint8(this.#at++) === 1;
    const code = this.#count(little);
    const flags = code >>> 28;
    const plain = code & 0x0fffffff;
    const thousands = Math.floor(plain / 1000);
    const hasZ = (flags & 8) !== 0 || thousands === 1 || thousands === 3;
    const hasM = (flags & 4) !== 0 || thousands === 2 || thousands === 3;
    if ((flags & 2) !== 0) this.srid = this.#count(little);
    const size = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0);
    const kind = plain % 1000;
    const type = TYPES[kind];
    if (type === undefined) return { type: curveName(kind) };
    if (kind === 1) {
      const coordinates = this.#position(little, size, hasZ);
      return Number.isNaN(coordinates[0]) ? null : { type, coordinates };
    }
    if (kind === 2) return { type, coordinates: this.#positions(little, size, hasZ) };
    if (kind === 3) {
      const rings = this.#many(little, 4, () => this.#positions(little, size, hasZ));
      return { type, coordinates: rings };
    }
    const parts = this.#many(little, 9, () => this.geometry(nesting + 1));
    const usable = parts.filter((part) => part !== null);
    if (kind === 7) return { type, geometries: usable };
    return { type, coordinates: usable.map((part) => part.coordinates) };
  }

  #many<Part>(little: boolean, atLeast: number, read: () => Part): Part[] {
    const count = this.#count(little);
    if (count * atLeast > this.#view.byteLength - this.#at) throw new RangeError('cut off');
    return Array.from({ length: count }, read);
  }

  #positions(little: boolean, size: number, hasZ: boolean): number[][] {
    return this.#many(little, size * 8, () => this.#position(little, size, hasZ));
  }

  #position(little: boolean, size: number, hasZ: boolean): number[] {
    const position: number[] = [];
    for (let i = 0; i < size; i++) {
      const value = this.#view.getFloat64(this.#at, little);
      this.#at += 8;
      if (i < 2 || (i === 2 && hasZ)) position.push(value);
    }
    return position;
  }

  #count(little: boolean): number {
    const value = this.#view.getUint32(this.#at, little);
    this.#at += 4;
    return value;
  }
}

function curveName(kind: number): string {
  if (kind >= 8 && kind <= 14) return 'curve';
  return kind === 15 || kind === 16 || kind === 17 ? 'surface of triangles' : `type ${kind}`;
}
