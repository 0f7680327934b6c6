import { designAround } from '../../backend/intake/designAround.ts';
import { Extent } from '../../backend/intake/Extent.ts';
import { parseTown, type TownData } from '../../backend/network/TownData.ts';
import type { Position } from '../../src/contract/index.ts';

/** A street with 24 houses, for a server that was given no town. */
export function builtInTown(): TownData {
  const streetPoint = (metres: number, aside: number): Position => [
    0.1218 + metres / 68_000,
    52.2053 + aside / 111_000,
  ];
  const addresses = Array.from({ length: 24 }, (_, i) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: streetPoint(20 * Math.floor(i / 2), i % 2 ? 12 : -12) },
    properties: { street_name: 'Sample Street', street_number: String(i + 1) },
  }));
  const poles = Array.from({ length: 5 }, (_, i) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: streetPoint(60 * i, 5) },
    properties: { name: `P-${i + 1}` },
  }));
  const street = {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: [streetPoint(-10, 0), streetPoint(240, 0)] },
    properties: { name: 'Sample Street' },
  };
  const extent = new Extent();
  for (const { geometry } of addresses) extent.add(geometry.coordinates);
  const planned = designAround(extent, 'FTTH');
  return parseTown({
    addresses: collection(addresses),
    poles: collection(poles),
    streets: collection([street]),
    designs: planned ? [planned.design] : [],
    designPoles: collection(planned ? [planned.pole] : []),
  });
}

function collection(features: unknown[]): object {
  return { type: 'FeatureCollection', features };
}
