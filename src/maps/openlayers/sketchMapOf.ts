import Interaction from 'ol/interaction/Interaction.js';
import type OlMap from 'ol/Map.js';
import { unByKey } from 'ol/Observable.js';
import { transform } from 'ol/proj.js';
import type { SketchMap } from '../base/SketchMap.ts';

/** The part of an OpenLayers map that sketches use. */
export function sketchMapOf(map: OlMap, colours: SketchMap['colours']): SketchMap {
  return {
    colours,
    // A press in there is no press on the map.
    place: () => (map.getTargetElement() ? map.getOverlayContainerStopEvent() : undefined),
    surface: () => map.getViewport() ?? undefined,
    isApart: (element) => map.getOverlayContainerStopEvent()?.contains(element) ?? false,
    cursor: () => map.getViewport() ?? undefined,
    project([longitude, latitude]) {
      if (!map.getView().isDef()) return undefined;
      const coordinate = transform([longitude, latitude], 'EPSG:4326', map.getView().getProjection());
      // An application may speak WGS 84 to its map. The pixel is the same in any case.
      const [x, y] = map.getPixelFromCoordinateInternal(coordinate) ?? [];
      return x === undefined || y === undefined ? undefined : [x, y];
    },
    unproject([x, y]) {
      const coordinate = map.getCoordinateFromPixelInternal([x, y]);
      if (!coordinate) return undefined;
      const at = transform(coordinate, map.getView().getProjection(), 'EPSG:4326');
      const [longitude, latitude] = at;
      return Number.isFinite(longitude) && Number.isFinite(latitude) && longitude !== undefined
        ? [longitude, latitude ?? 0]
        : undefined;
    },
    onRender(listener) {
      const key = map.on('postrender', listener);
      return () => unByKey(key);
    },
    takeClicks() {
      const interaction = new Interaction({
        handleEvent(event) {
          // OpenLayers makes no click of a press whose end is prevented: so nothing is selected, and a double click zooms nothing.
          if (event.type === 'pointerup') event.preventDefault();
          return true;
        },
      });
      map.addInteraction(interaction);
      return () => void map.removeInteraction(interaction);
    },
  };
}
