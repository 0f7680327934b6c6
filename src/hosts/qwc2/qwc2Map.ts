import type { BoundingBox } from '../../contract/index.ts';
import type { HostMap, TaskOverlay } from '../../host/contract.ts';
import type { Qwc2Api } from './qwc2Api.ts';
import { mapBoundsOf, projectionOf, WGS84 } from './qwc2State.ts';

/** Makes a map as plugins know it of QWC2's map. */
export function qwc2Map(qwc2: Qwc2Api, taskOverlay: TaskOverlay): HostMap {
  return {
    taskOverlay,
    getBounds(): BoundingBox {
      const state = qwc2.getState();
      const bounds = qwc2.CoordinatesUtils.reprojectBbox(mapBoundsOf(state), projectionOf(state), WGS84);
      const [west = 0, south = 0, east = 0, north = 0] = bounds;
      return [west, south, east, north];
    },
    fitBounds: (bounds) => qwc2.zoomToExtent(bounds, WGS84),
    zoomTo({ geometry }) {
      if (geometry?.type === 'Point') qwc2.panTo(geometry.coordinates.slice(0, 2), WGS84);
    },
  };
}
