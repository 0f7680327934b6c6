import { parseNumber } from '../columns/parseNumber.ts';
import { plainName } from '../columns/plainName.ts';
import { crsCandidates } from '../crs/guessCrs.ts';
import { isOnLand } from '../crs/land.ts';
import { type Projection, projectionOf, WGS_84 } from '../crs/Projection.ts';
import type { DataCrs, DataReason } from '../dataTypes.ts';
import { reason, shown } from '../reasons.ts';
import type { LayerSource, RawFeature, RawGeometry } from './LayerSource.ts';

export interface SystemOfLayer {
  crs: DataCrs;
  /** Undefined where the user has to say which system it is. */
  projection: Projection | undefined;
  swapped: boolean;
  /** The middle of the layer, in WGS 84. */
  at?: [number, number];
  notes: DataReason[];
}

type Pair = readonly [number, number];

/**
 * Finds the coordinate system of a layer: from what the file says, and from the numbers themselves. `near` is where other
 * layers of the same files are.
 */
export async function systemOfLayer(
  layer: Pick<LayerSource, 'crs' | 'columns' | 'place' | 'format'>,
  sample: readonly RawFeature[],
  near: Pair | undefined,
): Promise<SystemOfLayer> {
  const positions = samplePositions(sample);
  const notes: DataReason[] = [];
  const claim = layer.crs;
  if (claim.from === 'file' || claim.from === 'prj' || claim.from === 'table') {
    const projection = await projectionOf(claim.text);
    if (!projection) {
      notes.push(reason('crs-not-known', { crs: shown(claim.name || nameIn(claim.text)) }));
      return { ...(await guessed(positions, layer, sample, near)), notes };
    }
    if (!projection.isGeographic || mostlyDegrees(positions)) {
      const crs: DataCrs = { name: claim.name || projection.name, from: claim.from };
      if (projection.epsg !== undefined) crs.epsg = projection.epsg;
      return { crs, projection, ...turned(projection, positions, near), notes };
    }
    notes.push(reason('crs-contradicts', { crs: projection.name }));
    return { ...(await guessed(positions, layer, sample, near)), notes };
  }
  if (mostlyDegrees(positions)) {
    const from = claim.from === 'standard' ? 'standard' : 'guessed';
    const crs: DataCrs = { name: WGS_84.name, epsg: 4326, from };
    return { crs, projection: WGS_84, ...turned(WGS_84, positions, near), notes };
  }
  if (claim.from === 'standard') notes.push(reason('crs-missing'));
  return { ...(await guessed(positions, layer, sample, near)), notes };
}

async function guessed(
  positions: readonly Pair[],
  { columns = [], place }: Pick<LayerSource, 'columns' | 'place'>,
  sample: readonly RawFeature[],
  near: Pair | undefined,
): Promise<Omit<SystemOfLayer, 'notes'>> {
  const names = place?.type === 'xy' ? [...columns, place.x, place.y] : columns;
  const rows = sample.map(({ properties }) => properties);
  const { candidates, sure } = await crsCandidates({
    positions,
    columns: names.length > 0 ? names : Object.keys(rows[0] ?? {}),
    rows,
    isNamed:
      place?.type === 'xy' &&
      /east|ost$|^ost|oest|lon|lng|rechts|^r?[ew]$|itae|laenge|^e/.test(plainName(place.x)),
    near,
  });
  const [first] = candidates;
  const offered = candidates
    .filter(({ epsg }, i) => candidates.findIndex((one) => one.epsg === epsg) === i)
    .slice(0, 12)
    .map(({ epsg, name }) => ({ epsg, name }));
  if (!first || !sure) {
    return {
      crs: { name: 'unknown', from: 'unknown', candidates: offered },
      projection: undefined,
      swapped: false,
    };
  }
  const crs: DataCrs = { name: first.name, epsg: first.epsg, from: 'guessed', candidates: offered };
  const projection = await projectionOf(`EPSG:${first.epsg}`);
  return { crs, projection, swapped: first.swapped, at: first.at };
}

/** Finds out if the axes are swapped, and where the middle of the layer is then. */
function turned(
  projection: Projection,
  positions: readonly Pair[],
  near: Pair | undefined,
): { swapped: boolean; at?: [number, number] } {
  const plain = positions.map(([x, y]) => projection.convert(x, y));
  const other = positions.map(([x, y]) => projection.convert(y, x));
  let [good, better] = [0, 0];
  for (let i = 0; i < positions.length; i++) {
    const [a, b] = [fits(plain[i], projection, near), fits(other[i], projection, near)];
    if (a >= b) good++;
    else better++;
  }
  const swapped = better > good;
  const at = (swapped ? other : plain)[positions.length >> 1];
  return { swapped, ...(at && { at }) };
}

/** Measures how well a position suits a place where somebody lives: the larger, the better. */
function fits(at: [number, number] | undefined, { area }: Projection, near: Pair | undefined): number {
  if (!at) return 0;
  const [longitude, latitude] = at;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 360) return 0;
  let score = 1;
  if (near && Math.abs(longitude - near[0]) < 1 && Math.abs(latitude - near[1]) < 1) score += 8;
  if (area) {
    const [west, south, east, north] = area;
    if (
      latitude >= south - 1 &&
      latitude <= north + 1 &&
      (west > east || (longitude >= west - 1 && longitude <= east + 1))
    )
      score += 4;
  }
  return isOnLand(longitude, latitude) ? score + 2 : score;
}

/** A few positions may be wrong, and are left out one by one. */
function mostlyDegrees(positions: readonly Pair[]): boolean {
  return positions.filter(isDegrees).length >= positions.length * 0.7;
}

function isDegrees([x, y]: Pair): boolean {
  return Math.abs(x) <= 360 && Math.abs(y) <= 360;
}

/** One position of each feature, at most a hundred, from all over the sample. */
function samplePositions(sample: readonly RawFeature[]): Pair[] {
  const positions: Pair[] = [];
  const step = Math.max(1, Math.floor(sample.length / 100));
  for (let i = 0; i < sample.length; i += step) {
    const first = firstPosition(sample[i]?.geometry);
    if (first) positions.push(first);
  }
  return positions;
}

function firstPosition(geometry: RawGeometry | null | undefined): Pair | undefined {
  let coordinates: unknown = geometry?.coordinates;
  if (geometry?.type === 'GeometryCollection') {
    const [first] = Array.isArray(geometry.geometries) ? geometry.geometries : [];
    coordinates = first?.coordinates;
  }
  for (let depth = 0; depth < 5 && Array.isArray(coordinates) && Array.isArray(coordinates[0]); depth++) {
    coordinates = coordinates[0];
  }
  if (!Array.isArray(coordinates)) return undefined;
  const [x, y] = [parseNumber(coordinates[0]), parseNumber(coordinates[1])];
  return x === undefined || y === undefined ? undefined : [x, y];
}

function nameIn(text: string): string {
  return /"([^"]+)"/.exec(text)?.[1] ?? text.slice(0, 60);
}
