import Feature from 'ol/Feature.js';
import VectorLayer from 'ol/layer/Vector.js';
import type OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import { Circle, Fill, Stroke, Style } from 'ol/style.js';
import type { Shape } from '../../standin/platform/map.ts';
import { mapGeometry } from './baseLayers.ts';

/** Over all that the map itself shows, under the marks of what is selected. */
const PLUGINS = 65;

/** Holds the layers that plugins draw on the map. */
export class PluginLayers {
  readonly #map: OlMap;
  readonly #layers = new Map<object, VectorLayer>();

  constructor(map: OlMap) {
    this.#map = map;
  }

  /** The number of shapes on the map. */
  get count(): number {
    return [...this.#layers.values()].reduce(
      (sum, layer) => sum + (layer.getSource()?.getFeatures().length ?? 0),
      0,
    );
  }

  /** Shows a plugin's layer as it is now; without shapes it is taken off. */
  draw(layer: object, shapes: readonly Shape[] | null): void {
    const shown = this.#layers.get(layer);
    if (!shapes || shapes.length === 0) {
      if (shown) this.#map.removeLayer(shown);
      this.#layers.delete(layer);
      return;
    }
    const source = shown?.getSource() ?? this.#add(layer);
    source.clear(true);
    source.addFeatures(shapes.map(featureOf));
  }

  #add(layer: object): VectorSource {
    const source = new VectorSource();
    const added = new VectorLayer({ source, zIndex: PLUGINS });
    this.#layers.set(layer, added);
    this.#map.addLayer(added);
    return source;
  }
}

function featureOf({ geometry, style = {} }: Shape): Feature {
  const { color = '#d4380d', width = 3, opacity = 1 } = style;
  const feature = new Feature(mapGeometry(geometry));
  const fill = new Fill({ color: withOpacity(color, opacity) });
  feature.setStyle(
    new Style({
      fill,
      stroke: new Stroke({ color, width }),
      image: new Circle({ radius: 8, fill, stroke: new Stroke({ color: '#fff', width: 2 }) }),
    }),
  );
  return feature;
}

/** Adds the opacity to a colour of the form '#rrggbb', and returns any other colour as it is. */
function withOpacity(color: string, opacity: number): string {
  if (opacity >= 1 || !/^#[\da-f]{6}$/i.test(color)) return color;
  const alpha = Math.round(255 * Math.max(opacity, 0));
  return `${color}${alpha.toString(16).padStart(2, '0')}`;
}
