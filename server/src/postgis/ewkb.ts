import type { Geometry, Position } from '../../../src/contract/index.ts';

/** WGS 84. */
const SRID = 4326;
const HAS_SRID = 0x20000000;
const LITTLE_ENDIAN = 1;
const TYPES = { Point: 1, LineString: 2, Polygon: 3 } as const;

/**
 * A geometry as PostGIS writes and reads it in text: extended well-known binary in hex, little-endian. Unlike GeoJSON
 * it keeps every bit of the coordinates.
 */
export function encodeEwkb(geometry: Geometry): string {
  const bytes = new EwkbWriter(geometry);
  switch (geometry.type) {
    case 'Point':
      bytes.position(geometry.coordinates);
      break;
    case 'LineString':
      bytes.positions(geometry.coordinates);
      break;
    case 'Polygon':
      bytes.count(geometry.coordinates.length);
      for (const ring of geometry.coordinates) bytes.positions(ring);
  }
  return bytes.hex();
}

class EwkbWriter {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(geometry: Geometry) {
    this.#buffer = Buffer.allocUnsafe(9 + bodySize(geometry));
    this.#at = this.#buffer.writeUInt8(LITTLE_ENDIAN, this.#at);
    this.count(TYPES[geometry.type] | HAS_SRID);
    this.count(SRID);
  }

  count(value: number): void {
    this.#at = this.#buffer.writeUInt32LE(value, this.#at);
  }

  position([longitude, latitude]: Position): void {
    this.#at = this.#buffer.writeDoubleLE(longitude, this.#at);
    this.#at = this.#buffer.writeDoubleLE(latitude, this.#at);
  }

  positions(positions: readonly Position[]): void {
    this.count(positions.length);
    for (const position of positions) this.position(position);
  }

  hex(): string {
    return this.#buffer.toString('hex');
  }
}

function bodySize(geometry: Geometry): number {
  switch (geometry.type) {
    case 'Point':
      return 16;
    case 'LineString':
      return 4 + 16 * geometry.coordinates.length;
    case 'Polygon':
      return geometry.coordinates.reduce((size, ring) => size + 4 + 16 * ring.length, 4);
  }
}

/** The geometry of what PostGIS writes. Throws an Error for types that the network does not have. */
export function decodeEwkb(hex: string): Geometry {
  const bytes = new EwkbReader(hex);
  const type = bytes.header();
  switch (type) {
    case TYPES.Point:
      return { type: 'Point', coordinates: bytes.position() };
    case TYPES.LineString:
      return { type: 'LineString', coordinates: bytes.positions() };
    case TYPES.Polygon:
      return { type: 'Polygon', coordinates: Array.from({ length: bytes.count() }, () => bytes.positions()) };
    default:
      throw new Error(
        `a geometry in the database is of EWKB type 0x${type.toString(16)}: the network has points, lines and polygons in two dimensions`,
      );
  }
}

class EwkbReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(hex: string) {
    this.#buffer = Buffer.from(hex, 'hex');
  }

  /** The type, without the flag of the reference system. PostGIS writes the byte order of its machine. */
  header(): number {
    const order = this.#buffer.readUInt8(0);
    if (order !== LITTLE_ENDIAN) throw new Error('the database runs on a big-endian machine: not supported');
    this.#at = 1;
    const type = this.count();
    if (type & HAS_SRID) this.count();
    return type & ~HAS_SRID;
  }

  count(): number {
    const value = this.#buffer.readUInt32LE(this.#at);
    this.#at += 4;
    return value;
  }

  position(): Position {
    const position: Position = [this.#buffer.readDoubleLE(this.#at), this.#buffer.readDoubleLE(this.#at + 8)];
    this.#at += 16;
    return position;
  }

  positions(): Position[] {
    return Array.from({ length: this.count() }, () => this.position());
  }
}
