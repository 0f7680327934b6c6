import { isRecord } from '../common/json.ts';
import { isTaskRefusal } from '../common/TaskRefusal.ts';
import { swappedLayerProblem } from './coordinates.ts';
import { describe, ParseLocation } from './ParseLocation.ts';
import type { LayerKind, TownAddress, TownDesignPole, TownLayer, TownPole, TownStreet } from './townTypes.ts';
import { unstorableText } from './unstorableText.ts';

/** Features taken per layer. */
export const MAX_FEATURES = 200_000;

export interface RefusedFeature {
  /** Its index in the file, from 0. */
  feature: number;
  /** Names the property, the mistake and the fix. */
  reason: string;
}

interface LayerFeature {
  addresses: TownAddress;
  poles: TownPole;
  streets: TownStreet;
  designPoles: TownDesignPole;
}

/**
 * Parses one layer of a town: a GeoJSON FeatureCollection, as text or as an object, in WGS 84 longitude, latitude.
 * Addresses, poles and designPoles are Points; streets are lines, each part of a MultiLineString a street of its own.
 * It keeps the properties that are texts, numbers, booleans or nulls. Throws a TaskRefusal 'invalid-request' that names
 * the layer, the feature's index (from 0), the property and the fix. With `onRefused` it reports a feature that is
 * wrong and leaves it out. It still throws what is wrong with the layer as a whole. `indexes` receives the index of each
 * feature that it gives.
 */
export function parseLayer<K extends LayerKind>(
  kind: K,
  input: unknown,
  onRefused?: (refused: RefusedFeature) => void,
  indexes?: number[],
): TownLayer<LayerFeature[K]>;
export function parseLayer(
  kind: LayerKind,
  input: unknown,
  onRefused?: (refused: RefusedFeature) => void,
  indexes: number[] = [],
): TownLayer<LayerFeature[LayerKind]> {
  const at = new ParseLocation(kind);
  const inputs = readFeatures(at, typeof input === 'string' ? parseJson(at, input) : input);
  const features = inputs.flatMap((feature, index) => {
    try {
      const parsed = [parseFeature(kind, at.feature(index), feature)].flat();
      for (const _ of parsed) indexes.push(index);
      return parsed;
    } catch (error) {
      if (!onRefused || !isTaskRefusal(error)) throw error;
      const reason = error.message.slice(`${kind}: feature ${index}`.length).replace(/^:? /, '');
      onRefused({ feature: index, reason });
      return [];
    }
  });
  refuseTooMany(at, features);
  const points = features.flatMap(({ geometry }) =>
    geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates.slice(0, 1),
  );
  const problem = swappedLayerProblem(points);
  if (problem) throw at.refusal(problem.wrong, problem.fix);
  return { type: 'FeatureCollection', features };
}

function parseJson(at: ParseLocation, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw at.refusal(
      `is not JSON (${error instanceof Error ? error.message : 'unreadable'})`,
      'give a GeoJSON file',
    );
  }
}

function readFeatures(at: ParseLocation, input: unknown): unknown[] {
  if (!isRecord(input) || input.type !== 'FeatureCollection') {
    const found = isRecord(input) ? `has the type ${describe(input.type)}` : `is ${describe(input)}`;
    throw at.refusal(found, 'give a GeoJSON FeatureCollection');
  }
  refuseOtherReferenceSystem(at, input.crs);
  const { features } = input;
  if (!Array.isArray(features)) throw at.refusal('has no array of features', 'give "features": [...]');
  refuseTooMany(at, features);
  return features;
}

function refuseTooMany(at: ParseLocation, { length }: readonly unknown[]): void {
  if (length <= MAX_FEATURES) return;
  throw at.refusal(`has ${length} features`, `at most ${MAX_FEATURES} are taken: cut out a part`);
}

/** GeoJSON of 2008 could name a reference system; writers that project still do. */
function refuseOtherReferenceSystem(at: ParseLocation, crs: unknown): void {
  const name = isRecord(crs) && isRecord(crs.properties) ? crs.properties.name : undefined;
  if (typeof name !== 'string' || /CRS:?84$|EPSG:{1,2}4326$/i.test(name)) return;
  throw at
    .property('crs')
    .refusal(`is ${describe(name)}`, 'reproject to EPSG:4326 (WGS 84 longitude and latitude in degrees)');
}

function parseFeature(
  kind: LayerKind,
  at: ParseLocation,
  input: unknown,
): LayerFeature[LayerKind] | TownStreet[] {
  if (!isRecord(input) || input.type !== 'Feature') {
    const found = isRecord(input) ? `has the type ${describe(input.type)}` : `is ${describe(input)}`;
    throw at.refusal(found, 'give a GeoJSON Feature');
  }
  if (input.properties !== null && input.properties !== undefined && !isRecord(input.properties)) {
    throw at
      .property('properties')
      .refusal(`is ${describe(input.properties)}`, 'give an object, or null where there are none');
  }
  const given = input.properties ?? {};
  const properties = scalars(given);
  const unstorable = unstorableText(properties);
  if (unstorable !== undefined) {
    throw at
      .property(`properties.${unstorable}`)
      .refusal('has a NUL character or half a surrogate pair', 'leave that character out');
  }
  const geometry = at.property('geometry');
  switch (kind) {
    case 'addresses':
      return {
        type: 'Feature',
        geometry: geometry.point(input.geometry),
        properties: {
          ...properties,
          street_name: text(at, given, 'street_name'),
          street_number: text(at, given, 'street_number'),
        },
      };
    case 'poles':
      return {
        type: 'Feature',
        geometry: geometry.point(input.geometry),
        properties: { ...properties, name: text(at, given, 'name') },
      };
    case 'streets':
      return geometry.lineStrings(input.geometry).map((line) => ({
        type: 'Feature',
        geometry: line,
        properties: { ...properties, name: text(at, given, 'name') },
      }));
    case 'designPoles': {
      const design = text(at, given, 'design');
      if (!design) {
        throw at.property('properties.design').refusal('is missing', 'give the name of the design it is in');
      }
      return {
        type: 'Feature',
        geometry: geometry.point(input.geometry),
        properties: { ...properties, design, name: text(at, given, 'name') },
      };
    }
  }
}

function scalars(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value === null || typeof value !== 'object'),
  );
}

/** House numbers and names may come as numbers. */
function text(at: ParseLocation, properties: Record<string, unknown>, property: string): string | null {
  const value = properties[property];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw at
    .property(`properties.${property}`)
    .refusal(`is ${describe(value)}`, 'give a text, or leave it out');
}
