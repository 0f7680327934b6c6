import { boundsOf, type Geometry, type Position } from '../../src/contract/index.ts';

const WGS_84 = 4326;
const TYPES: Record<Geometry['type'], number> = { Point: 1, LineString: 2, Polygon: 3 };
/** Added to the type where the positions have an altitude (ISO WKB). */
const WITH_Z = 1000;

/** True where every position has an altitude. */
export function isThreeDimensional(geometry: Geometry): boolean {
  return positionsIn(geometry).every((position) => Number.isFinite(position[2]));
}

/** A geometry as a GeoPackage stores it: a header with its bounds, and WKB. */
export function geometryBlob(geometry: Geometry): Uint8Array<ArrayBuffer> {
  const dimensions = isThreeDimensional(geometry) ? 3 : 2;
  const bounds = geometry.type === 'Point' ? undefined : boundsOf([geometry]);
  const headerBytes = bounds ? 40 : 8;
  const blob = new Uint8Array(headerBytes + wkbBytes(geometry, dimensions));
  const view = new DataView(blob.buffer);
  view.setUint16(0, 0x4750);
  // Little-endian, with an envelope where there are bounds.
  view.setUint8(3, bounds ? 0b11 : 0b01);
  view.setInt32(4, WGS_84, true);
  if (bounds) {
    const [west, south, east, north] = bounds;
    for (const [i, value] of [west, east, south, north].entries()) view.setFloat64(8 + i * 8, value, true);
  }
  const writer = new WkbWriter(view, headerBytes, dimensions);
  writer.byte(1);
  writer.count(TYPES[geometry.type] + (dimensions === 3 ? WITH_Z : 0));
  if (geometry.type === 'Point') writer.position(geometry.coordinates);
  else if (geometry.type === 'LineString') writer.line(geometry.coordinates);
  else {
    writer.count(geometry.coordinates.length);
    for (const ring of geometry.coordinates) writer.line(ring);
  }
  return blob;
}

class WkbWriter {
  readonly #view: DataView;
  readonly #dimensions: number;
  #at: number;

  constructor(view: DataView, at: number, dimensions: number) {
    this.#view = view;
    this.#at = at;
    this.#dimensions = dimensions;
  }

  byte(value: number): void {
    this.#view.setUint8(this.#at, value);
    this.#at += 1;
  }

  count(value: number): void {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }

  position(position: Position): void {
    for (let i = 0; i < this.#dimensions; i += 1) {
      this.#view.setFloat64(this.#at, position[i] ?? 0, true);
      this.#at += 8;
    }
  }

  line(positions: readonly Position[]): void {
    this.count(positions.length);
    for (const position of positions) this.position(position);
  }
}

function positionsIn(geometry: Geometry): readonly Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates];
  return geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat();
}

function wkbBytes(geometry: Geometry, dimensions: number): number {
  const positions = positionsIn(geometry).length * dimensions * 8;
  if (geometry.type === 'Point') return 5 + positions;
  return geometry.type === 'LineString' ? 9 + positions : 9 + geometry.coordinates.length * 4 + positions;
}
