import type { Position } from '../../../src/contract/index.ts';
import { signedArea } from './ringsToPolygons.ts';

const METRES_PER_DEGREE = 111_320;

/** About so large is an area in degrees. Its holes count as well. */
export function squareMetres([outer]: readonly Position[][]): number {
  const [first] = outer ?? [];
  if (!outer || !first) return 0;
  const narrow = Math.cos((first[1] * Math.PI) / 180);
  return (Math.abs(signedArea(outer)) / 2) * METRES_PER_DEGREE ** 2 * narrow;
}
