import type { GeoFeature } from '../../src/contract.ts';
import type { HostFeature } from '../../src/host/types.ts';

/** A feature of the backend as the host gives it to plugins. */
export function hostFeature(feature: GeoFeature): HostFeature {
  const { table, design, ...properties } = feature.properties;
  const title = titleOf(feature);
  return {
    id: Number(feature.id.slice(feature.id.indexOf('/') + 1)) || feature.id,
    getType: () => table,
    getUrn: () => feature.id,
    getTitle: () => title,
    properties,
    geometry: feature.geometry,
    _myw: { title, ...(typeof design === 'string' ? { delta: design } : {}) },
  };
}

/** What people call it: its name, an address' number and street, else its URN. */
export function titleOf({ id, properties }: GeoFeature): string {
  const { name, street_number: number, street_name: street } = properties;
  if (typeof name === 'string' && name !== '') return name;
  if (typeof street === 'string') return [number, street].filter(Boolean).join(' ');
  return id;
}
