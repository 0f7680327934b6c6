import type { Application } from 'lrt-plugin/host';
import { hostFeatureOf } from 'lrt-plugin/openlayers';
import Feature from 'ol/Feature.js';
import type Layer from 'ol/layer/Layer.js';
import type OlMap from 'ol/Map.js';

export function selectByClick(app: Application, map: OlMap, poles: Layer) {
  map.on('singleclick', ({ pixel }) => {
    const [feature] = map.getFeaturesAtPixel(pixel, {
      hitTolerance: 6,
      layerFilter: (layer) => layer === poles,
    });
    app.setCurrentFeature(feature instanceof Feature ? hostFeatureOf(feature, map) : null);
  });
}
