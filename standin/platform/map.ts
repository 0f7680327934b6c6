import { type BoundingBox, boundsOf, type Geometry } from '../../src/contract/index.ts';
import type { HostFeature, HostMap } from '../../src/host/contract.ts';
import { inFrontOf } from './withMembers.ts';

export interface LatLng {
  lat: number;
  lng: number;
}

/** What a plugin's layer shows, for a map that draws it. */
export interface Shape {
  geometry: Geometry;
  style?: { color?: string; width?: number; opacity?: number };
  tooltip?: string;
}

/** A map that draws layers of plugins; `shapes` null: the layer is gone. */
export interface DrawingMap extends HostMap {
  drawLayer?(layer: object, shapes: readonly Shape[] | null): void;
}

/** Bounds as the platform has them, and as [west, south, east, north]. */
export type Bounds = BoundingBox & {
  getWest(): number;
  getSouth(): number;
  getEast(): number;
  getNorth(): number;
  getSouthWest(): LatLng;
  getNorthEast(): LatLng;
  getCenter(): LatLng;
};

export function boundsWithMethods([west, south, east, north]: BoundingBox): Bounds {
  const box: BoundingBox = [west, south, east, north];
  return Object.assign(box, {
    getWest: () => west,
    getSouth: () => south,
    getEast: () => east,
    getNorth: () => north,
    getSouthWest: () => ({ lat: south, lng: west }),
    getNorthEast: () => ({ lat: north, lng: east }),
    getCenter: () => ({ lat: (south + north) / 2, lng: (west + east) / 2 }),
  });
}

const WORLD: BoundingBox = [-180, -85, 180, 85];

/** A map without a picture: it remembers where it was sent. For tests, and while there is no other. */
export function createStandInMap(): HostMap {
  let bounds = WORLD;
  return {
    getBounds: () => bounds,
    fitBounds(next) {
      bounds = next;
    },
    zoomTo(feature) {
      bounds = boundsOf([feature.geometry]) ?? bounds;
    },
  };
}

/**
 * The application's map with what plugins of the platform call besides. All else is the map's own, so that its
 * abilities, and its identity for those who hold it, stay as they are.
 */
export function platformMap(map: DrawingMap): HostMap {
  const bounds = () => boundsWithMethods(map.getBounds());
  const ours = {
    getBounds: bounds,
    /** Of one feature, or of several. */
    zoomTo(target: HostFeature | readonly HostFeature[]) {
      if ('getType' in target) {
        map.zoomTo(target);
        return;
      }
      const box = boundsOf(target.map(({ geometry }) => geometry));
      if (box) map.fitBounds(box);
    },
  };
  // Of these a map may have its own.
  const extras: Record<string, unknown> = {
    getCenter: () => bounds().getCenter(),
    addLayer: (layer: { setMap?(map: unknown): void }) => layer.setMap?.(map),
    removeLayer: (layer: { setMap?(map: unknown): void }) => layer.setMap?.(null),
    endCurrentInteractionMode: () => {},
    on: () => {},
    off: () => {},
    un: () => {},
  };
  const missing = Object.entries(extras).filter(([name]) => !(name in map));
  return inFrontOf(map, { ...Object.fromEntries(missing), ...ours });
}
