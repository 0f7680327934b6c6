import type { Map as MapLibre } from 'maplibre-gl';
import { type BoundingBox, boundsOf } from '../../contract/index.ts';
import type { HostFeature, HostMap, MapMove, MapSketches } from '../../host/contract.ts';
import { MoveListeners } from '../base/MoveListeners.ts';
import { NoticePlace } from '../base/NoticePlace.ts';
import type { OverlayOptions } from '../base/OverlayOptions.ts';
import { SketchBoard } from '../base/SketchBoard.ts';
import { MapLibreOverlay } from './MapLibreOverlay.ts';
import { sketchMapOf } from './sketchMapOf.ts';

const PADDING = 48;
/** The map never zooms in beyond this level. */
const NEAREST = { bounds: 18, feature: 17 };

/** Gives plugins a MapLibre map. The map stays the application's: its style, camera and events are as before. */
export class MapLibreMap implements HostMap {
  readonly taskOverlay: MapLibreOverlay;
  readonly #sketches: SketchBoard;
  readonly #map: MapLibre;
  readonly #moves: MoveListeners;
  readonly #notices: NoticePlace;

  constructor(map: MapLibre, options: OverlayOptions = {}) {
    this.#map = map;
    this.taskOverlay = new MapLibreOverlay(map, options);
    this.#sketches = new SketchBoard(sketchMapOf(map, () => this.taskOverlay.sketchColours));
    this.#notices = new NoticePlace(() => map.getContainer());
    this.#moves = new MoveListeners({
      cameraOf: () => [...map.getCenter().toArray(), map.getZoom(), map.getBearing(), map.getPitch()].join(),
      listen: (start, end) => {
        const begin = ({ originalEvent }: { originalEvent?: unknown }) =>
          start(originalEvent instanceof UIEvent);
        map.on('movestart', begin);
        map.on('moveend', end);
        return () => {
          map.off('movestart', begin);
          map.off('moveend', end);
        };
      },
    });
  }

  get sketches(): Required<MapSketches> {
    return this.#sketches;
  }

  onMove(listener: (move: MapMove) => void): () => void {
    return this.#moves.add(listener);
  }

  container(): HTMLElement {
    return this.#map.getContainer();
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

  noticePlace(): HTMLElement | undefined {
    return this.#notices.get();
  }

  /** Takes out what tasks drew, and everything that was put on the map for it. */
  dispose(): void {
    this.#moves.dispose();
    this.#notices.dispose();
    this.#sketches.dispose();
    this.taskOverlay.dispose();
  }

  /** MapLibre itself leaves out the movement where the user wants less motion. */
  #fit(bounds: BoundingBox, maxZoom: number): void {
    const isOver = this.#moves.begin();
    const mine = {};
    const onEnd = (event: object) => {
      if (Reflect.get(event, 'lrtMove') !== mine) return;
      this.#map.off('moveend', onEnd);
      isOver();
    };
    this.#map.on('moveend', onEnd);
    const options = { padding: PADDING, maxZoom, duration: 350, linear: true };
    this.#map.fitBounds(bounds, options, { lrtMove: mine });
    // Bounds that no camera shows move nothing.
    if (!this.#map.isMoving()) onEnd({ lrtMove: mine });
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
