import type { Map as MapLibre } from 'maplibre-gl';
import { type BoundingBox, boundsOf } from '../../contract/index.ts';
import type { HostFeature, HostMap } from '../../host/contract.ts';
import type { OverlayOptions } from '../base/MapOverlay.ts';
import { MapLibreOverlay } from './MapLibreOverlay.ts';

const PADDING = 48;
/** The map never zooms in beyond this level. */
const NEAREST = { bounds: 18, feature: 17 };

/** Gives plugins a MapLibre map. The map stays the application's: its style, camera and events are as before. */
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
    const bounds = boundsOf([geometry]);
    if (bounds) this.#fit(bounds, NEAREST.feature);
  }

  /** Takes out what tasks drew, and everything that was put on the map for it. */
  dispose(): void {
    this.taskOverlay.dispose();
  }

  /** MapLibre itself leaves out the movement where the user wants less motion. */
  #fit(bounds: BoundingBox, maxZoom: number): void {
    this.#map.fitBounds(bounds, { padding: PADDING, maxZoom, duration: 350, linear: true });
  }
}

/**
 * Makes a map for plugins of an application's map. The features of tasks stay when the application sets another style.
 * Call `dispose()` before the map goes.
 *
 * @example
 * createApplication({ map: createMapLibreMap(map) });
 */
export function createMapLibreMap(map: MapLibre, options?: OverlayOptions): MapLibreMap {
  return new MapLibreMap(map, options);
}
