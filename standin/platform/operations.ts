import type { Geometry } from '../../src/contract/index.ts';
import type { Feature } from './Feature.ts';

/** The GeoJSON of what is stored: properties, and the geometry where it has one. */
export interface GeoJsonData {
  properties?: Record<string, unknown>;
  geometry?: Geometry | null;
}

/** One change of a transaction. */
export interface Operation {
  kind: 'insert' | 'update' | 'delete';
  /** Table: 'pole'. */
  type: string;
  id?: string | number;
  data: GeoJsonData;
}

/** 'myworld/pole' gives 'pole'. */
export function bare(type: string): string {
  return type.slice(type.lastIndexOf('/') + 1);
}

export function insertion(featureOrType: Feature | string, data: GeoJsonData | Feature = {}): Operation {
  const { properties, geometry } = typeof featureOrType === 'string' ? data : featureOrType;
  const given: GeoJsonData = { ...(properties && { properties }), ...(geometry && { geometry }) };
  return { kind: 'insert', type: typeOf(featureOrType), data: given };
}

export function update(
  featureOrType: Feature | string,
  id: string | number | undefined,
  data: GeoJsonData,
): Operation {
  if (typeof featureOrType !== 'string') {
    const { properties, geometry } = featureOrType;
    return {
      kind: 'update',
      type: featureOrType.getType(),
      id: featureOrType.id,
      data: { properties, geometry },
    };
  }
  return { kind: 'update', type: bare(featureOrType), ...(id === undefined ? {} : { id }), data };
}

export function deletion(featureOrType: Feature | string, id?: string | number): Operation {
  const given = typeof featureOrType === 'string' ? id : featureOrType.id;
  return {
    kind: 'delete',
    type: typeOf(featureOrType),
    ...(given === undefined ? {} : { id: given }),
    data: {},
  };
}

function typeOf(featureOrType: Feature | string): string {
  return bare(typeof featureOrType === 'string' ? featureOrType : featureOrType.getType());
}
