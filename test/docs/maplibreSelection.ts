import { type Application, hostFeature } from 'lrt-plugin/host';
import type { Map as MapLibre } from 'maplibre-gl';

export function selectByClick(app: Application, map: MapLibre) {
  map.on('click', ({ point: { x, y } }) => {
    const [pole] = map.queryRenderedFeatures(
      [
        [x - 6, y - 6],
        [x + 6, y + 6],
      ],
      { layers: ['pole'] },
    );
    app.setCurrentFeature(pole ? hostFeature(pole) : null);
  });
}
