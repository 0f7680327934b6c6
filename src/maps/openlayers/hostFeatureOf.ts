import type Feature from 'ol/Feature.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type OlMap from 'ol/Map.js';
import type { HostFeature } from '../../host/contract.ts';
import { hostFeature } from '../../host/hostFeature.ts';
import { coordinatesOf } from './createOpenLayersMap.ts';

/**
 * Makes a feature for plugins of a feature in one of the application's layers. Its id is 'pole/12', or its id is 12 and its
 * property `table` is 'pole'; see `hostFeature` of `lrt-plugin/host` for what else it reads of the properties.
 *
 * @example
 * map.on('singleclick', ({ pixel }) => {
 *   const [feature] = map.getFeaturesAtPixel(pixel);
 *   app.setCurrentFeature(feature instanceof Feature ? hostFeatureOf(feature, map) : null);
 * });
 */
export function hostFeatureOf(feature: Feature, map: OlMap): HostFeature {
  const { [feature.getGeometryName()]: _geometry, ...properties } = feature.getProperties();
  const geometry = feature.getGeometry();
  return hostFeature({
    id: feature.getId(),
    properties,
    geometry:
      geometry &&
      new GeoJSON().writeGeometryObject(geometry, {
        featureProjection: coordinatesOf(map),
        dataProjection: 'EPSG:4326',
      }),
  });
}
