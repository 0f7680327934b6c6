import { isRecord } from '../../common/json.ts';
import { flatProperties } from '../columns/flatProperties.ts';
import { placeOfRecord } from '../columns/placeColumns.ts';
import type { RawFeature, RawGeometry } from '../layers/LayerSource.ts';
import { LIMITS } from '../limits.ts';
import { reason, shown } from '../reasons.ts';
import { esriGeometry } from './esriGeometry.ts';

const GEOMETRIES = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

/** A feature from one element of a JSON file: GeoJSON, Esri's JSON, an element of Overpass, or a record with a place. */
export function featureOfJson(text: string | undefined, number: number): RawFeature {
  const none = { number, geometry: null, properties: {} };
  if (text === undefined) {
    const limits = { megabytes: LIMITS.featureText / 2 ** 20, depth: LIMITS.depth };
    return { ...none, problem: reason('feature-too-deep', limits) };
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return { ...none, problem: reason('not-json', { text: shown(text) }) };
  }
  if (!isRecord(value)) {
    return { ...none, problem: reason('not-a-feature', { text: shown(text) }) };
  }
  return { ...none, ...featureOf(value) };
}

/** Some programs write NaN and Infinity, which JSON does not have. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = text.replace(/([:[,]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g, '$1null');
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}

function featureOf(value: Record<string, unknown>): Omit<RawFeature, 'number'> {
  const { type } = value;
  if (typeof type === 'string' && GEOMETRIES.has(type)) {
    return { geometry: { ...value, type }, properties: {} };
  }
  if (isRecord(value.attributes)) {
    return { geometry: esriGeometry(value.geometry), properties: flatProperties(value.attributes) };
  }
  if (type === 'Feature' || isRecord(value.properties) || isRecord(value.geometry)) return geoJson(value);
  if (type === 'node' || type === 'way' || type === 'relation') return overpass(value);
  const properties = flatProperties(value);
  return { geometry: placeOfRecord(properties), properties };
}

function geoJson(value: Record<string, unknown>): Omit<RawFeature, 'number'> {
  const given = isRecord(value.properties) ? flatProperties(value.properties) : {};
  const { id, geometry } = value;
  // Programs number features by themselves; a text, such as 'node/123', is a name that somebody gave.
  const named = typeof id === 'string' && !('id' in given);
  const properties = named ? { ...given, id } : given;
  if (geometry === null || geometry === undefined) return { geometry: null, properties };
  if (isRecord(geometry) && typeof geometry.type === 'string') {
    return { geometry: { ...geometry, type: geometry.type }, properties };
  }
  return { geometry: { type: shown(geometry) }, properties };
}

function overpass(value: Record<string, unknown>): Omit<RawFeature, 'number'> {
  const tags = isRecord(value.tags) ? value.tags : undefined;
  const properties = flatProperties({ ...tags, id: `${value.type}/${value.id}` });
  const geometry = overpassGeometry(value);
  if (!tags) {
    return { geometry, properties, problem: reason('no-tags') };
  }
  if (geometry) return { geometry, properties };
  return { geometry, properties, problem: reason('no-overpass-geometry') };
}

function overpassGeometry(value: Record<string, unknown>): RawGeometry | null {
  const at = isRecord(value.center) ? value.center : value;
  if (at.lat !== undefined && at.lon !== undefined) return { type: 'Point', coordinates: [at.lon, at.lat] };
  if (!Array.isArray(value.geometry)) return null;
  const line = value.geometry.map((place: unknown) => (isRecord(place) ? [place.lon, place.lat] : []));
  const [first, last] = [line[0], line.at(-1)];
  const closed = line.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  const isRoad = isRecord(value.tags) && 'highway' in value.tags;
  return closed && !isRoad
    ? { type: 'Polygon', coordinates: [line] }
    : { type: 'LineString', coordinates: line };
}
