import type { BoundingBox } from '../../src/contract/index.ts';

/** A position as the platform has it, WGS 84. */
export interface LatLng {
  lat: number;
  lng: number;
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
