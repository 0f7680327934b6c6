import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseLayer, parseTown, type TownData } from '../../backend/network/TownData.ts';
import type { Position } from '../../src/contract/index.ts';

const DEFAULT_DESIGN = 'FTTH';

/**
 * The town in a folder: `addresses.geojson`, `poles.geojson` and `streets.geojson`, WGS 84. Planning starts with one
 * design around all addresses and one pole of it in their midst.
 */
export async function readTown(folder: string): Promise<TownData> {
  const read = (name: string) => readFile(join(folder, `${name}.geojson`), 'utf8');
  // One after the other, so that of several files that are missing the same one is named each time.
  const addresses = await read('addresses');
  const poles = await read('poles');
  const streets = await read('streets');
  const points = parseLayer('addresses', addresses).features.map(({ geometry }) => geometry.coordinates);
  return parseTown({ addresses, poles, streets, ...designAround(points) });
}

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
  return parseTown({
    addresses: collection(addresses),
    poles: collection(poles),
    streets: collection([street]),
    ...designAround(addresses.map(({ geometry }) => geometry.coordinates)),
  });
}

function collection(features: unknown[]): object {
  return { type: 'FeatureCollection', features };
}

/** Input for `parseTown`: one design around all of the points, and one pole of it in their midst. */
export function designAround(points: readonly Position[], design = DEFAULT_DESIGN): object {
  if (points.length === 0) return { designs: [] };
  const longitudes = points.map(([longitude]) => longitude).sort((a, b) => a - b);
  const latitudes = points.map(([, latitude]) => latitude).sort((a, b) => a - b);
  const at = (sorted: number[], part: number) => sorted[Math.round(part * (sorted.length - 1))] ?? 0;
  const [west, south, east, north] = [
    at(longitudes, 0),
    at(latitudes, 0),
    at(longitudes, 1),
    at(latitudes, 1),
  ];
  const margin = 0.0005;
  const ring = [
    [west - margin, south - margin],
    [east + margin, south - margin],
    [east + margin, north + margin],
    [west - margin, north + margin],
    [west - margin, south - margin],
  ];
  const pole = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [at(longitudes, 0.5), at(latitudes, 0.5)] },
    properties: { name: 'POLE-1000', design },
  };
  return {
    designs: [{ name: design, geometry: { type: 'Polygon', coordinates: [ring] } }],
    designPoles: collection([pole]),
  };
}
