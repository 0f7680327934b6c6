import { type Application, themes } from 'lrt-plugin/host';
import { createOpenLayersMap, type OpenLayersMap, overlayColours } from 'lrt-plugin/openlayers';
import type OlMap from 'ol/Map.js';
import type VectorSource from 'ol/source/Vector.js';

export const hostMap = (map: OlMap, network: VectorSource) =>
  createOpenLayersMap(map, {
    colours: overlayColours.dark,
    onSettled() {
      const loaded = new Promise((resolve) => network.once('featuresloadend', resolve));
      network.refresh();
      return loaded;
    },
  });

export function setTheme(app: Application, map: OpenLayersMap, theme: 'light' | 'dark') {
  app.setTheme(themes[theme]);
  map.taskOverlay.setColours(overlayColours[theme]);
}
