import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isTaskRefusal } from '../../backend/common/TaskRefusal.ts';
import { parseLayer, parseTown, type TownData } from '../../backend/network/TownData.ts';
import type { Position } from '../../src/contract/index.ts';

const DEFAULT_DESIGN = 'FTTH';

/**
 * Reads the town in a folder, for `lrt-server serve --town`: `addresses.geojson`, `poles.geojson` and, where it is there,
 * `streets.geojson`, in WGS 84. Planning starts with one design around all addresses and one pole of it in their midst.
 * Rejects with an Error that names the file and the fix.
 */
export async function readTown(folder: string): Promise<TownData> {
  await refuseNoFolder(folder);
  // One after the other, so that of several files that are wrong the same one is named each time.
  const addresses = needed(await readLayer(folder, 'addresses'), folder, 'addresses');
  const poles = needed(await readLayer(folder, 'poles'), folder, 'poles');
  const streets = await readLayer(folder, 'streets');
  const points = addresses.features.map(({ geometry }) => geometry.coordinates);
  return parseTown({ addresses, poles, ...(streets && { streets }), ...designAround(points) });
}

async function refuseNoFolder(folder: string): Promise<void> {
  const wanted = 'give the folder that holds addresses.geojson and poles.geojson';
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such folder' : `it cannot be read (${error.message})`;
    throw new Error(`${folder}: ${why}; ${wanted}`);
  });
  if (!found.isDirectory()) throw new Error(`${folder} is not a folder; ${wanted}`);
}

type TownFile = 'addresses' | 'poles' | 'streets';

/** Undefined where there is no such file. */
async function readLayer<K extends TownFile>(folder: string, kind: K) {
  const file = join(folder, `${kind}.geojson`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read (${error.message}): let the server read it`);
  });
  if (text === undefined) return undefined;
  if (text.trim() === '') {
    throw new Error(`${file} is empty: put the ${kind} of the town there, as a GeoJSON FeatureCollection`);
  }
  try {
    return parseLayer(kind, text);
  } catch (error) {
    throw isTaskRefusal(error) ? new Error(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

function needed<Layer>(layer: Layer | undefined, folder: string, kind: TownFile): Layer {
  if (layer !== undefined) return layer;
  const file = join(folder, `${kind}.geojson`);
  throw new Error(`${file} is missing: put the ${kind} of the town there, as a GeoJSON FeatureCollection`);
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
