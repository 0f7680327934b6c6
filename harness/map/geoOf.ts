import type { FeatureLike } from 'ol/Feature.js';
import type { GeoFeature } from '../../src/contract/index.ts';

/** Returns what a feature of the map was made of. */
export function geoOf(feature: FeatureLike): GeoFeature | undefined {
  return feature.get('geo');
}
