import type { Map as MapLibre } from 'maplibre-gl';
import type { SketchMap } from '../base/SketchMap.ts';

/** The part of a MapLibre map that sketches use. */
export function sketchMapOf(map: MapLibre, colours: SketchMap['colours']): SketchMap {
  return {
    colours,
    // It lies beside the map's canvas: a press in there does not reach the map.
    place: () => map.getContainer(),
    surface: () => map.getCanvasContainer(),
    // Its buttons and notices lie beside the surface.
    isApart: () => false,
    cursor: () => map.getCanvas(),
    project([longitude, latitude]) {
      const { x, y } = map.project([longitude, latitude]);
      return [x, y];
    },
    unproject([x, y]) {
      const { lng, lat } = map.unproject([x, y]);
      return [lng, lat];
    },
    onRender(listener) {
      map.on('render', listener);
      return () => void map.off('render', listener);
    },
    takeClicks() {
      const element = map.getCanvasContainer();
      const stop = (event: Event) => event.stopImmediatePropagation();
      const types = ['click', 'dblclick'];
      for (const type of types) element.addEventListener(type, stop, true);
      // Two taps are no event of the page.
      const zoomed = map.doubleClickZoom.isEnabled();
      map.doubleClickZoom.disable();
      return () => {
        if (zoomed) map.doubleClickZoom.enable();
        for (const type of types) element.removeEventListener(type, stop, true);
      };
    },
  };
}
