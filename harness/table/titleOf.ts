import type { GeoFeature } from '../../src/contract/index.ts';

/** Returns the name of a feature, or the number and street of an address; undefined where it has neither. */
export function titleOf({ properties }: GeoFeature): string | undefined {
  const { name, street_name: street, street_number: number } = properties;
  if (typeof name === 'string' && name !== '') return name;
  return typeof street === 'string' ? [number, street].filter(Boolean).join(' ') : undefined;
}
