import type { BoundingBox, Position } from '../../contract/index.ts';
import type { HostFeature, HostMap, MapMove } from '../../host/contract.ts';
import { metresPerPixelAt } from '../../maps/base/metresPerPixelAt.ts';
import type { Qwc2Api } from './qwc2Api.ts';
import type { Qwc2Overlay } from './qwc2Overlay.ts';
import { Qwc2Sketches } from './qwc2Sketches.ts';
import { clickedPlace, mapBoundsOf, mapWidthOf, projectionOf, WGS84 } from './qwc2State.ts';

/** A movement that begins later than this after a plugin asked for one is the user's own. */
const OURS_MS = 1_000;

/**
 * QWC2's map as plugins know it. QWC2's store says where the map is once it rests, and where a user clicked: the plugin passes both
 * on to `moved` and `clicked`. The store says nothing while the map moves, nor where the pointer is.
 */
export class Qwc2Map implements HostMap {
  readonly taskOverlay: Qwc2Overlay;
  readonly sketches: Qwc2Sketches;
  readonly #qwc2: Qwc2Api;
  readonly #listeners = new Set<(move: MapMove) => void>();
  #bounds: string | undefined;
  /** A plugin has asked for a movement at this time. */
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(qwc2: Qwc2Api, taskOverlay: Qwc2Overlay) {
    this.#qwc2 = qwc2;
    this.taskOverlay = taskOverlay;
    this.sketches = new Qwc2Sketches(qwc2, () => taskOverlay.sketchColours);
  }

  getBounds(): BoundingBox {
    const state = this.#qwc2.getState();
    const bounds = this.#qwc2.CoordinatesUtils.reprojectBbox(mapBoundsOf(state), projectionOf(state), WGS84);
    const [west = 0, south = 0, east = 0, north = 0] = bounds;
    return [west, south, east, north];
  }

  fitBounds(bounds: BoundingBox): void {
    this.#askedAt = performance.now();
    this.#qwc2.zoomToExtent(bounds, WGS84);
  }

  zoomTo({ geometry }: HostFeature): void {
    if (geometry?.type !== 'Point') return;
    this.#askedAt = performance.now();
    this.#qwc2.panTo(geometry.coordinates.slice(0, 2), WGS84);
  }

  onMove(listener: (move: MapMove) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes note that QWC2's map shows another part of the world. */
  moved(): void {
    const bounds = mapBoundsOf(this.#qwc2.getState()).join();
    const before = this.#bounds;
    if (bounds === before) return;
    this.#bounds = bounds;
    const metres = this.#metresPerPixel();
    if (metres !== undefined) this.taskOverlay.setZoom(metres);
    // The first place of the map is no movement.
    if (before === undefined) return;
    const byUser = performance.now() - this.#askedAt > OURS_MS;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    for (const moving of byUser ? [true, false] : [false])
      for (const listener of [...this.#listeners]) listener({ byUser, moving });
  }

  /** Takes note of a click of a user, as QWC2's store has it. */
  clicked(click: unknown): void {
    const place = clickedPlace(click);
    const metres = this.#metresPerPixel();
    if (!place || metres === undefined) return;
    const state = this.#qwc2.getState();
    const [longitude, latitude] =
      this.#qwc2.CoordinatesUtils.reproject(place, projectionOf(state), WGS84) ?? [];
    if (longitude === undefined || latitude === undefined) return;
    const at: Position = [longitude, latitude];
    this.taskOverlay.pick(at, metres);
  }

  /** Undefined before QWC2 knows how large its map is. */
  #metresPerPixel(): number | undefined {
    const width = mapWidthOf(this.#qwc2.getState());
    return width === undefined ? undefined : metresPerPixelAt(this.getBounds(), width);
  }
}
