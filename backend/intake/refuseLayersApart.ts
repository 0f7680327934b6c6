import type { Position } from '../../src/contract/index.ts';
import { refusal } from '../data/reasons.ts';
import { disjointLayer } from '../network/coordinates.ts';

/** Refuses layers that do not lie in one town, with a DataError. */
export function refuseLayersApart(layers: ReadonlyMap<string, readonly Position[]>): void {
  const found = disjointLayer(layers);
  if (!found) return;
  const { swapped, ...places } = found;
  throw refusal([], swapped ? 'layers-swapped' : 'layers-apart', places);
}
