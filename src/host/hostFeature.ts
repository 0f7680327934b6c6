import type { Geometry, Position } from '../contract/index.ts';
import type { HostFeature } from './contract.ts';

/** A GeoJSON feature, as map libraries and servers give it. */
interface SourceFeature {
  /** 'pole/12', or 12 where `properties.table` says of what. */
  id?: string | number | undefined;
  /** WGS 84. A kind that the contract does not have (MultiPoint, ...) counts as no geometry. */
  geometry?: { type: string; coordinates?: unknown } | null | undefined;
  /**
   * `table`: the feature's type, where its id does not say it. `name`, or `street_number` and `street_name`: its title.
   * `design`: the design it belongs to, 'design/NAME'; absent or null in master.
   */
  properties?: Record<string, unknown> | null | undefined;
}

/**
 * Turns a GeoJSON feature into a feature as the host gives it to plugins.
 *
 * @example app.setCurrentFeature(hostFeature({ id: 'pole/12', properties: { name: 'P-12' }, geometry }));
 */
export function hostFeature(feature: SourceFeature): HostFeature {
  const { table, design, ...properties } = feature.properties ?? {};
  const { type, id, urn } = identityOf(feature.id ?? '', table);
  const title = titleOfFeature(properties) ?? urn;
  return {
    id,
    getType: () => type,
    getUrn: () => urn,
    getTitle: () => title,
    properties,
    geometry: geometryOf(feature.geometry),
    _myw: { title, ...(typeof design === 'string' ? { delta: design } : {}) },
  };
}

/** A title is the feature's name, or the number and street of an address. */
function titleOfFeature(properties: Record<string, unknown>): string | undefined {
  const { name, street_number: number, street_name: street } = properties;
  if (typeof name === 'string' && name !== '') return name;
  return typeof street === 'string' ? [number, street].filter(Boolean).join(' ') : undefined;
}

function identityOf(
  given: string | number,
  table: unknown,
): Pick<HostFeature, 'id'> & { type: string; urn: string } {
  const text = String(given);
  const slash = text.indexOf('/');
  const type = typeof table === 'string' ? table : text.slice(0, Math.max(slash, 0));
  const local = text.slice(slash + 1);
  const id = /^\d+$/.test(local) ? Number(local) : local;
  return { type, id, urn: slash < 0 && type ? `${type}/${text}` : text };
}

function geometryOf(geometry: SourceFeature['geometry']): Geometry | null {
  if (!geometry || !Array.isArray(geometry.coordinates)) return null;
  const { type, coordinates } = geometry;
  if (type === 'Point' && isPosition(coordinates)) return { type, coordinates };
  if (type === 'LineString' && isLine(coordinates)) return { type, coordinates };
  if (type === 'Polygon' && coordinates.every(isLine)) return { type, coordinates };
  return null;
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && value.every((part) => typeof part === 'number');
const isLine = (value: unknown): value is Position[] => Array.isArray(value) && value.every(isPosition);
