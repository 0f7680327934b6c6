import type { EventsKey } from 'ol/events.js';
import type OlMap from 'ol/Map.js';
import { unByKey } from 'ol/Observable.js';
import type Projection from 'ol/proj/Projection.js';
import { getUserProjection, transformExtent } from 'ol/proj.js';
import type { BoundingBox } from '../../contract/index.ts';
import type { HostFeature, HostMap } from '../../host/contract.ts';
import { boundsOf } from '../base/boundsOf.ts';
import type { OverlayOptions } from '../base/MapOverlay.ts';
import { OpenLayersOverlay } from './OpenLayersOverlay.ts';

const WORLD: BoundingBox = [-180, -90, 180, 90];
/** A straight edge in one projection is a curve in another: it is followed by this many points. */
const STOPS = 8;
const PADDING = [48, 48, 48, 48];
const DURATION = 350;
/** Not nearer than this, in metres per pixel. */
const NEAREST = { bounds: 0.3, feature: 0.6 };

/** An OpenLayers map as plugins know maps. The map stays the application's: views, layers and events as before. */
export class OpenLayersMap implements HostMap {
  readonly taskOverlay: OpenLayersOverlay;
  readonly #map: OlMap;
  #waiting: EventsKey | undefined;

  constructor(map: OlMap, options: OverlayOptions = {}) {
    this.#map = map;
    this.taskOverlay = new OpenLayersOverlay(map, options);
  }

  /** What the map shows; the whole world as long as it shows nothing. */
  getBounds(): BoundingBox {
    const view = this.#map.getView();
    if (!view.isDef()) return [...WORLD];
    const [west = 0, south = 0, east = 0, north = 0] = transformExtent(
      view.calculateExtent(this.#map.getSize()),
      coordinatesOf(this.#map),
      'EPSG:4326',
      STOPS,
    );
    return [west, south, east, north];
  }

  fitBounds(bounds: BoundingBox): void {
    this.#fit(bounds, NEAREST.bounds, DURATION);
  }

  /** Does nothing for a feature without geometry. */
  zoomTo({ geometry }: HostFeature): void {
    const bounds = geometry && boundsOf([{ geometry }]);
    if (bounds) this.#fit(bounds, NEAREST.feature, DURATION);
  }

  /** Takes out what tasks drew, and everything that was put on the map for it. */
  dispose(): void {
    this.#stopWaiting();
    this.taskOverlay.dispose();
  }

  #fit(bounds: BoundingBox, metresPerPixel: number, duration: number): void {
    this.#stopWaiting();
    const size = this.#map.getSize();
    // Not on the page yet: nothing to fit into before it is.
    if (!size?.[0] || !size[1]) {
      this.#waiting = this.#map.once('change:size', () => this.#fit(bounds, metresPerPixel, 0));
      return;
    }
    const view = this.#map.getView();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    view.fit(transformExtent(bounds, 'EPSG:4326', coordinatesOf(this.#map), STOPS), {
      size,
      padding: PADDING,
      minResolution: metresPerPixel / (view.getProjection().getMetersPerUnit() ?? 1),
      duration: still ? 0 : duration,
    });
  }

  #stopWaiting(): void {
    if (this.#waiting) unByKey(this.#waiting);
    this.#waiting = undefined;
  }
}

/**
 * Makes a plugin's map of an application's: `createApplication({ map: createOpenLayersMap(map) })`. Works with any
 * projection that OpenLayers knows. Call `dispose()` when the map goes.
 */
export function createOpenLayersMap(map: OlMap, options?: OverlayOptions): OpenLayersMap {
  return new OpenLayersMap(map, options);
}

/** The projection of the coordinates that the map takes and gives: the view's, unless the application chose another. */
export function coordinatesOf(map: OlMap): Projection {
  return getUserProjection() ?? map.getView().getProjection();
}
