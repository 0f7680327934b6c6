import { isRecord, type Position, positionsOf } from '../../../contract/index.ts';

/** Kinds of what a printed map shows, from below to above. */
export const MAP_KINDS = ['drop', 'span', 'street', 'address', 'structure', 'splitter', 'feed'] as const;
export type MapKind = (typeof MAP_KINDS)[number];

const POINTS: Readonly<Record<string, MapKind>> = {
  wall_box: 'address',
  pole: 'structure',
  handhole: 'structure',
  fiber_splitter: 'splitter',
  fiber_odf: 'feed',
};
/** A drawing with more parts than that helps nobody, and a printer takes minutes for it. */
const MOST_PARTS = 60_000;
const METRES_PER_DEGREE = 111_320;

/** Collects what a printed map shows, and draws it into a box as paths of SVG: one for each kind. */
export class MapLines {
  readonly #lines = new Map<MapKind, Position[][]>();
  #parts = 0;
  /** The first longitude: all others are within 180 degrees of it, so that a network over the antimeridian is in one piece. */
  #origin: number | undefined;
  #west = Infinity;
  #east = -Infinity;
  #south = Infinity;
  #north = -Infinity;

  get isEmpty(): boolean {
    return this.#parts === 0;
  }

  get kinds(): MapKind[] {
    return MAP_KINDS.filter((kind) => this.#lines.has(kind));
  }

  /** Takes a GeoJSON feature of an export. It leaves out what is none, and what is not drawn. */
  add(feature: unknown): void {
    if (!isRecord(feature) || !isRecord(feature.geometry) || !isRecord(feature.properties)) return;
    const kind = kindOf(feature.properties);
    const positions = positionsOf(feature.geometry.coordinates).map((position) => this.#placed(position));
    if (!kind || positions.length === 0 || this.#parts >= MOST_PARTS) return;
    this.#parts += 1;
    const lines = this.#lines.get(kind);
    if (lines) lines.push(positions);
    else this.#lines.set(kind, [positions]);
  }

  /** The drawing in a box of this width. A scale goes with it: so many units for so many metres. */
  draw(width: number, mostHeight: number): MapDrawing {
    const middle = (this.#south + this.#north) / 2;
    const stretch = Math.max(0.01, Math.cos((middle * Math.PI) / 180));
    const across = Math.max((this.#east - this.#west) * stretch, 1e-5);
    const up = Math.max(this.#north - this.#south, 1e-5);
    const scale = Math.min(width / across, mostHeight / up) * 0.96;
    const height = Math.min(mostHeight, Math.max(120, up * scale * 1.05));
    const x = (longitude: number) =>
      width / 2 + (longitude - (this.#west + this.#east) / 2) * stretch * scale;
    const y = (latitude: number) => height / 2 - (latitude - middle) * scale;
    const place = ([longitude, latitude]: Position) => `${x(longitude).toFixed(1)} ${y(latitude).toFixed(1)}`;
    const paths = this.kinds.map((kind) => ({
      kind,
      // A line without length has a round end: that is a dot.
      d: (this.#lines.get(kind) ?? [])
        .map((line) => `M${line.map(place).join('L')}${line.length === 1 ? 'h0' : ''}`)
        .join(''),
    }));
    const metres = roundedLength((width / scale / 4) * METRES_PER_DEGREE);
    return { height, paths, scale: { metres, units: (metres / METRES_PER_DEGREE) * scale } };
  }

  #placed([longitude, latitude]: Position): Position {
    this.#origin ??= longitude;
    const turned = longitude - Math.round((longitude - this.#origin) / 360) * 360;
    this.#west = Math.min(this.#west, turned);
    this.#east = Math.max(this.#east, turned);
    this.#south = Math.min(this.#south, latitude);
    this.#north = Math.max(this.#north, latitude);
    return [turned, latitude];
  }
}

export interface MapDrawing {
  height: number;
  paths: { kind: MapKind; d: string }[];
  scale: { metres: number; units: number };
}

function kindOf({ table, kind, in_structure, out_structure }: Record<string, unknown>): MapKind | undefined {
  if (typeof table !== 'string') return undefined;
  if (table === 'ug_route') return 'street';
  if (table !== 'oh_route') return POINTS[table];
  const toWallBox = [in_structure, out_structure].some(
    (end) => typeof end === 'string' && end.startsWith('wall_box/'),
  );
  return kind === 'drop' || toWallBox ? 'drop' : 'span';
}

/** 1, 2 or 5 with noughts behind. */
function roundedLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  return ([5, 2, 1].find((step) => step * power <= metres) ?? 1) * power;
}
