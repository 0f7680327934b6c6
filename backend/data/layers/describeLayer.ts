import { isRecord } from '../../common/json.ts';
import type { ReadContext } from '../bytes/ByteSource.ts';
import { cleanProperties } from '../columns/cleanText.ts';
import { guessAddressColumns, guessNameColumns } from '../columns/guessColumns.ts';
import { entriesOf, mappedValues } from '../columns/mappedValues.ts';
import { WGS_84 } from '../crs/Projection.ts';
import type { ColumnRole, DataColumn, DataLayer, DataMapping, DataReason, DataRow } from '../dataTypes.ts';
import { normaliseGeometry } from '../geometry/normaliseGeometry.ts';
import { squareMetres } from '../geometry/squareMetres.ts';
import { LIMITS } from '../limits.ts';
import { reason } from '../reasons.ts';
import { geometryForKind } from './geometryForKind.ts';
import { guessKind } from './guessKind.ts';
import type { LayerSource, RawFeature, RawGeometry } from './LayerSource.ts';
import type { SystemOfLayer } from './systemOfLayer.ts';

const ROWS = 10;

/** The first features of a layer. */
export async function sampleOf(
  source: LayerSource,
  context: ReadContext,
): Promise<{ features: RawFeature[]; isWhole: boolean }> {
  const features: RawFeature[] = [];
  for await (const batch of source.read({}, { ...context, onBytes: undefined })) {
    features.push(...batch);
    if (features.length >= LIMITS.sample)
      return { features: features.slice(0, LIMITS.sample), isWhole: false };
  }
  return { features, isWhole: true };
}

/** Describes a layer for the user, from its first features. */
export function describeLayer(
  id: string,
  source: LayerSource,
  { features, isWhole }: { features: RawFeature[]; isWhole: boolean },
  system: SystemOfLayer,
): DataLayer {
  const cleaned = features.map((feature) => ({
    ...feature,
    properties: cleanProperties(feature.properties, () => {}),
  }));
  const good = cleaned.filter(({ problem }) => problem === undefined);
  const rows = good.map(({ properties }) => properties);
  const columns = columnsOf(source, rows);
  const geometries: Record<string, number> = {};
  for (const { geometry } of cleaned) {
    const type = typeOf(geometry);
    geometries[type] = (geometries[type] ?? 0) + 1;
  }
  const kind = guessKind({ columns, rows, geometries, name: source.name, area: middleArea(good, system) });
  const suggestion: DataMapping = {
    kind,
    columns:
      kind === 'addresses' ? guessAddressColumns(columns, rows) : guessNameColumns(kind, columns, rows),
    ...(source.place && { place: source.place }),
    ...(system.crs.from === 'guessed' &&
      system.crs.epsg !== undefined &&
      system.crs.epsg !== 4326 && { crs: `EPSG:${system.crs.epsg}` }),
    ...(system.swapped && { swapAxes: true }),
  };
  const total = isWhole ? features.length : source.features;
  return {
    id,
    file: source.path[0] ?? source.name,
    path: [...source.path],
    name: source.name,
    format: source.format,
    ...(source.encoding && { encoding: source.encoding }),
    crs: system.crs,
    ...(total !== undefined && { features: total }),
    sampled: features.length,
    geometries,
    columns: columns.map((name) => describeColumn(name, rows, suggestion)),
    rows: cleaned.slice(0, ROWS).map((feature) => describeRow(feature, suggestion, system)),
    suggestion,
    swapped: system.swapped,
    shape: shapeOf(source, columns, geometries),
    notes: [...source.notes, ...system.notes, ...notesOf(source, good, suggestion, system, isWhole)],
  };
}

/** A collection is what its first part is. */
function typeOf(geometry: RawGeometry | null): string {
  let part: unknown = geometry;
  for (let depth = 0; depth < 4 && isRecord(part) && part.type === 'GeometryCollection'; depth++) {
    part = Array.isArray(part.geometries) ? part.geometries[0] : undefined;
  }
  return isRecord(part) && typeof part.type === 'string' ? part.type.slice(0, 40) : 'none';
}

function columnsOf(source: LayerSource, rows: readonly Record<string, unknown>[]): string[] {
  const columns = new Set(source.columns);
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      if (columns.size < LIMITS.columns) columns.add(name);
    }
  }
  return [...columns];
}

function describeColumn(
  name: string,
  rows: readonly Record<string, unknown>[],
  { columns }: DataMapping,
): DataColumn {
  const values = rows
    .map((row) => row[name])
    .filter((value) => value !== null && value !== undefined && value !== '');
  const examples = [...new Set(values.map((value) => String(value).slice(0, 80)))].slice(0, 3);
  const role = entriesOf(columns).find(([, column]) => column === name || column.includes(name))?.[0];
  return { name, examples, filled: values.length, ...(role && { role }) };
}

function describeRow(
  feature: RawFeature,
  suggestion: DataMapping,
  { projection, swapped }: SystemOfLayer,
): DataRow {
  const { number, properties } = feature;
  const mapped = mappedValues(properties, suggestion.columns);
  const row: DataRow = { number, properties, geometry: null, mapped };
  if (feature.problem) return { ...row, problem: feature.problem };
  if (!feature.geometry) return { ...row, problem: reason('no-geometry') };
  if (!projection) return row;
  const result = normaliseGeometry(feature.geometry, projection, swapped);
  if ('problem' in result) return { ...row, problem: result.problem };
  const fitting = geometryForKind(suggestion.kind, result.shapes);
  return 'problem' in fitting
    ? { ...row, problem: fitting.problem }
    : { ...row, geometry: fitting.geometries[0] ?? null };
}

/** Said before anything is stored: how many features lack what an address needs. */
function notesOf(
  { format, place }: LayerSource,
  features: readonly RawFeature[],
  { kind, columns, swapAxes }: DataMapping,
  { crs }: SystemOfLayer,
  isWhole: boolean,
): DataReason[] {
  const notes: DataReason[] = [];
  const of = features.length;
  if (format === 'csv' && !place) notes.push(reason('no-place'));
  if (of > 0) {
    const count = (role: ColumnRole) =>
      features.filter(({ properties }) => mappedValues(properties, columns)[role]).length;
    const say = (role: 'street' | 'number' | 'name') => {
      const filled = count(role);
      if (filled === of) return;
      notes.push(reason(isWhole ? `${role}-missing` : `${role}-missing-at-first`, { filled, of }));
    };
    if (kind === 'addresses') {
      say('street');
      say('number');
    } else say('name');
  }
  if (swapAxes) notes.push(reason('swapped'));
  if (crs.from === 'unknown') notes.push(reason('crs-unknown'));
  if (crs.from === 'guessed' && crs.epsg !== 4326) {
    notes.push(reason('crs-guessed', { crs: crs.name, epsg: String(crs.epsg) }));
  }
  return notes;
}

function middleArea(features: readonly RawFeature[], { projection, swapped }: SystemOfLayer): number {
  const areas: number[] = [];
  for (const { geometry } of features.slice(0, 50)) {
    if (!geometry || !/Polygon/.test(geometry.type)) continue;
    const result = normaliseGeometry(geometry, projection ?? WGS_84, swapped);
    if (!('shapes' in result)) continue;
    const [area] = result.shapes.areas;
    if (area) areas.push(squareMetres(area));
  }
  return areas.sort((a, b) => a - b)[areas.length >> 1] ?? 0;
}

/** Files of the same program have the same format, columns and geometry. */
function shapeOf(
  { format }: LayerSource,
  columns: readonly string[],
  geometries: Record<string, number>,
): string {
  const types = Object.keys(geometries)
    .filter((type) => type !== 'none')
    .map((type) => type.replace('Multi', ''));
  const text = [format, [...new Set(types)].sort().join('+'), ...[...columns].sort()].join('\n');
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0;
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) >>> 0;
  }
  return `${format}-${a.toString(36)}${b.toString(36)}`;
}
