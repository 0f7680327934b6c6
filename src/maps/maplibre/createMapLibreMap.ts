import type { Map as MapLibre } from 'maplibre-gl';
import type { BoundingBox } from '../../contract/index.ts';
import type { HostFeature, HostMap } from '../../host/contract.ts';
import { boundsOf } from '../base/boundsOf.ts';
import type { OverlayOptions } from '../base/MapOverlay.ts';
import { MapLibreOverlay } from './MapLibreOverlay.ts';

const PADDING = 48;
/** Not nearer than this zoom level. */
const NEAREST = { bounds: 18, feature: 17 };

/** A MapLibre map as plugins know maps. The map stays the application's: style, camera and events as before. */
export class MapLibreMap implements HostMap {
  readonly taskOverlay: MapLibreOverlay;
  readonly #map: MapLibre;

  constructor(map: MapLibre, options: OverlayOptions = {}) {
    this.#map = map;
    this.taskOverlay = new MapLibreOverlay(map, options);
  }

  getBounds(): BoundingBox {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  fitBounds(bounds: BoundingBox): void {
    this.#fit(bounds, NEAREST.bounds);
  }

  /** Does nothing for a feature without geometry. */
  zoomTo({ geometry }: HostFeature): void {
    const bounds = geometry && boundsOf([{ geometry }]);
    if (bounds) this.#fit(bounds, NEAREST.feature);
  }

  /** Takes out what tasks drew, and everything that was put on the map for it. */
  dispose(): void {
    this.taskOverlay.dispose();
  }

  /** MapLibre itself leaves out the movement where the user wants less of it. */
  #fit(bounds: BoundingBox, maxZoom: number): void {
    this.#map.fitBounds(bounds, { padding: PADDING, maxZoom, duration: 350, linear: true });
  }
}

/**
 * Makes a plugin's map of an application's: `createApplication({ map: createMapLibreMap(map) })`. What tasks draw stays
 * when the application sets another style. Call `dispose()` before the map goes.
 */
export function createMapLibreMap(map: MapLibre, options?: OverlayOptions): MapLibreMap {
  return new MapLibreMap(map, options);
}
