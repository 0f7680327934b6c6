import type { GeoFeature } from '../../src/contract/index.ts';

/** True where two features look the same and say the same: a map that has one need not draw the other. */
export function isSameFeature(one: GeoFeature, other: GeoFeature): boolean {
  return one === other || (isSame(one.geometry, other.geometry) && isSame(one.properties, other.properties));
}

/** Compares what JSON can hold. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key)))
  );
}
