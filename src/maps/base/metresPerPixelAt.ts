import type { BoundingBox } from '../../contract/index.ts';

/** On the sphere of Web Mercator. */
export const METRES_PER_DEGREE = 111_320;

/** Returns the metres a pixel in the middle of a map that shows these bounds over so many CSS pixels. */
export function metresPerPixelAt([west, south, east, north]: BoundingBox, widthPx: number): number {
  return ((east - west) * METRES_PER_DEGREE * Math.cos(((south + north) * Math.PI) / 360)) / widthPx;
}
