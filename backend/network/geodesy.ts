import geographiclib from 'geographiclib-geodesic';
import type { Position } from '../../src/contract/index.ts';

const { WGS84, DISTANCE } = geographiclib.Geodesic;

/** Metres between two points along the geodesic of the WGS 84 ellipsoid. */
export function geodesicDistance(a: Position, b: Position): number {
  const { s12 } = WGS84.Inverse(a[1], a[0], b[1], b[0], DISTANCE);
  if (s12 === undefined) throw new Error(`no geodesic distance between [${a}] and [${b}]`);
  return s12;
}

/** Metres along a line whose vertices are joined by geodesics of the WGS 84 ellipsoid. */
export function geodesicLength(line: readonly Position[]): number {
  let metres = 0;
  let previous: Position | undefined;
  for (const position of line) {
    if (previous) metres += geodesicDistance(previous, position);
    previous = position;
  }
  return metres;
}
