import type { EventsKey } from 'ol/events.js';
import type OlMap from 'ol/Map.js';
import { unByKey } from 'ol/Observable.js';
import type Projection from 'ol/proj/Projection.js';
import { getUserProjection, transformExtent } from 'ol/proj.js';
import { type BoundingBox, boundsOf } from '../../contract/index.ts';
import type { HostFeature, HostMap, MapMove, MapSketches } from '../../host/contract.ts';
import { MoveListeners } from '../base/MoveListeners.ts';
import { NoticePlace } from '../base/NoticePlace.ts';
import type { OverlayOptions } from '../base/OverlayOptions.ts';
import { SketchBoard } from '../base/SketchBoard.ts';
import { OpenLayersOverlay } from './OpenLayersOverlay.ts';
import { sketchMapOf } from './sketchMapOf.ts';

const WORLD: BoundingBox = [-180, -90, 180, 90];
/** A straight edge in one projection is a curve in another. So many points follow it. */
const STOPS = 8;
const PADDING = [48, 48, 48, 48];
const DURATION = 350;
/** The map never zooms in beyond this resolution, in metres per pixel. */
const NEAREST = { bounds: 0.3, feature: 0.6 };

/** Gives plugins an OpenLayers map. The map stays the application's: its views, layers and events are as before. */
export class OpenLayersMap implements HostMap {
  readonly taskOverlay: OpenLayersOverlay;
  readonly #sketches: SketchBoard;
  readonly #map: OlMap;
  readonly #moves: MoveListeners;
  readonly #notices: NoticePlace;
  #waiting: EventsKey | undefined;

  constructor(map: OlMap, options: OverlayOptions = {}) {
    this.#map = map;
    this.taskOverlay = new OpenLayersOverlay(map, options);
    this.#sketches = new SketchBoard(sketchMapOf(map, () => this.taskOverlay.sketchColours));
    // A click in there is no click on the map.
    this.#notices = new NoticePlace(() => map.getOverlayContainerStopEvent());
    this.#moves = new MoveListeners({
      cameraOf: () => {
        const view = map.getView();
        return view.isDef()
          ? [...(view.getCenter() ?? []), view.getResolution(), view.getRotation()].join()
          : '';
      },
      listen: (start, end) => {
        const keys = [map.on('movestart', () => start(false)), map.on('moveend', end)];
        return () => unByKey(keys);
      },
    });
  }

  get sketches(): Required<MapSketches> {
    return this.#sketches;
  }

  onMove(listener: (move: MapMove) => void): () => void {
    return this.#moves.add(listener);
  }

  container(): HTMLElement | undefined {
    return this.#map.getTargetElement() ?? undefined;
  }

  /** Returns the bounds of the map, or the whole world as long as the map shows nothing. */
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
    const bounds = boundsOf([geometry]);
    if (bounds) this.#fit(bounds, NEAREST.feature, DURATION);
  }

  noticePlace(): HTMLElement | undefined {
    return this.#notices.get();
  }

  /** Takes out what tasks drew, and everything that was put on the map for it. */
  dispose(): void {
    this.#stopWaiting();
    this.#moves.dispose();
    this.#notices.dispose();
    this.#sketches.dispose();
    this.taskOverlay.dispose();
  }

  #fit(bounds: BoundingBox, metresPerPixel: number, duration: number): void {
    this.#stopWaiting();
    const size = this.#map.getSize();
    // The map is not on the page yet: there is nothing to fit the bounds into.
    if (!size?.[0] || !size[1]) {
      this.#waiting = this.#map.once('change:size', () => this.#fit(bounds, metresPerPixel, 0));
      return;
    }
    const view = this.#map.getView();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const isOver = this.#moves.begin();
    view.fit(transformExtent(bounds, 'EPSG:4326', coordinatesOf(this.#map), STOPS), {
      size,
      padding: PADDING,
      minResolution: metresPerPixel / (view.getProjection().getMetersPerUnit() ?? 1),
      duration: still ? 0 : duration,
      callback: isOver,
    });
  }

  #stopWaiting(): void {
    if (this.#waiting) unByKey(this.#waiting);
    this.#waiting = undefined;
  }
}

/**
 * Makes a map for plugins of an application's map, in any projection that OpenLayers knows. Call `dispose()` when the map
 * goes.
 *
 * @example
 * createApplication({ map: createOpenLayersMap(map) });
 */
export function createOpenLayersMap(map: OlMap, options?: OverlayOptions): OpenLayersMap {
  return new OpenLayersMap(map, options);
}

/** Returns the projection of all coordinates of the map: the view's, unless the application chose another. */
export function coordinatesOf(map: OlMap): Projection {
  return getUserProjection() ?? map.getView().getProjection();
}
