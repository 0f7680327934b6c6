import { type BoundingBox, boundsOf, type Geometry } from '../../src/contract/index.ts';
import type { HostFeature, HostMap } from '../../src/host/contract.ts';
import { boundsWithMethods } from './bounds.ts';
import { viewOf } from './mapView.ts';
import { missingMembersOf } from './missingMembers.ts';
import { withMembers } from './withMembers.ts';

/** One shape of a plugin's layer, for a map that draws it. */
export interface Shape {
  geometry: Geometry;
  style?: { color?: string; width?: number; opacity?: number };
  tooltip?: string;
}

/** A map that draws the layers of plugins. It is called with null for `shapes` when a layer is gone. */
export interface DrawingMap extends HostMap {
  drawLayer?(layer: object, shapes: readonly Shape[] | null): void;
}

const WORLD: BoundingBox = [-180, -85, 180, 85];

/** A map without a picture, which remembers where it was sent. It serves tests, and applications that give no map. */
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
 * The application's map with the methods that plugins of the platform call besides. All else is the map's own, so that
 * its abilities, and its identity for those who hold it, stay as they are.
 */
export function platformMap(map: DrawingMap): HostMap {
  const bounds = () => boundsWithMethods(map.getBounds());
  const ours = {
    getBounds: bounds,
    /** It takes one feature, or several. */
    zoomTo(target: HostFeature | readonly HostFeature[]) {
      if ('getType' in target) {
        map.zoomTo(target);
        return;
      }
      const box = boundsOf(target.map(({ geometry }) => geometry));
      if (box) map.fitBounds(box);
    },
  };
  const view = viewOf(map);
  // A map may have its own of these.
  const extras: Record<string, unknown> = {
    ...view,
    addLayer: (layer: { setMap?(map: unknown): void }) => layer.setMap?.(map),
    removeLayer: (layer: { setMap?(map: unknown): void }) => layer.setMap?.(null),
    endCurrentInteractionMode: () => {},
    on: () => {},
    off: () => {},
    un: () => {},
    ...missingMembersOf('map', map),
  };
  const missing = Object.entries(extras).filter(([name]) => !(name in map));
  return withMembers(map, { ...Object.fromEntries(missing), ...ours });
}
