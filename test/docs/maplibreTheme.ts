import { type Application, themes } from 'lrt-plugin/host';
import { createMapLibreMap, type MapLibreMap, overlayColours } from 'lrt-plugin/maplibre';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';

export const hostMap = (map: MapLibre, url: string) =>
  createMapLibreMap(map, {
    colours: overlayColours.dark,
    onSettled: () => map.getSource<GeoJSONSource>('network')?.setData(url),
  });

export function setTheme(app: Application, map: MapLibreMap, theme: 'light' | 'dark') {
  app.setTheme(themes[theme]);
  map.taskOverlay.setColours(overlayColours[theme]);
}
