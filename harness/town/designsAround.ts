import { normalLongitude } from '../../backend/network/coordinates.ts';
import type { TownDesign, TownDesignPole, TownPole } from '../../backend/network/TownData.ts';
import type { Position } from '../../src/contract/index.ts';

const QUARTERS: [name: string, east: number, north: number][] = [
  ['North', 0, 1],
  ['East', 1, 0],
  ['South', 0, -1],
  ['West', -1, 0],
];
/** Poles that become part of each design. */
const MEMBERS = 8;
const METRES_PER_DEGREE = 111_320;

interface Planned {
  designs: TownDesign[];
  designPoles: { type: 'FeatureCollection'; features: TownDesignPole[] };
  /** The poles that are in no design. */
  poles: { type: 'FeatureCollection'; features: TownPole[] };
}

/** Lays a design round a cluster of poles in each quarter of a town; those poles then belong to it. */
export function designsAround(poles: TownPole[]): Planned {
  const first = poles[0]?.geometry.coordinates[0] ?? 0;
  /** Over the antimeridian longitudes go on beyond 180 degrees, so that neighbours are neighbours. */
  const unwrapped = ([longitude, latitude]: Position): Position => [
    longitude + 360 * Math.round((first - longitude) / 360),
    latitude,
  ];
  const free = new Set(poles);
  const middle: Position = [
    median(poles.map(({ geometry }) => unwrapped(geometry.coordinates)[0])),
    median(poles.map(({ geometry }) => geometry.coordinates[1])),
  ];
  const shrink = Math.cos((middle[1] * Math.PI) / 180);
  const metres = (a: Position, b: Position) =>
    Math.hypot(normalLongitude(a[0] - b[0]) * shrink, a[1] - b[1]) * METRES_PER_DEGREE;
  const reach = median(poles.map((pole) => metres(pole.geometry.coordinates, middle)));
  const designs: TownDesign[] = [];
  const members: TownDesignPole[] = [];
  for (const [name, east, north] of QUARTERS) {
    const wanted = offset(middle, east * reach, north * reach, shrink);
    const centre = nearest([...free], wanted, metres)[0]?.geometry.coordinates;
    if (!centre) continue;
    const cluster = nearest([...free], centre, metres).slice(0, Math.min(MEMBERS, Math.ceil(free.size / 4)));
    for (const pole of cluster) {
      free.delete(pole);
      members.push({ ...pole, properties: { ...pole.properties, design: `FTTH-${name}` } });
    }
    const radius = 30 + 1.1 * Math.max(...cluster.map((pole) => metres(pole.geometry.coordinates, centre)));
    designs.push({
      name: `FTTH-${name}`,
      geometry: { type: 'Polygon', coordinates: [octagon(centre, radius, shrink)] },
    });
  }
  return {
    designs,
    designPoles: { type: 'FeatureCollection', features: members },
    poles: { type: 'FeatureCollection', features: [...free] },
  };
}

type Metres = (a: Position, b: Position) => number;

function nearest(poles: TownPole[], to: Position, metres: Metres): TownPole[] {
  return poles
    .map((pole) => ({ pole, distance: metres(pole.geometry.coordinates, to) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ pole }) => pole);
}

function offset([longitude, latitude]: Position, east: number, north: number, shrink: number): Position {
  return [longitude + east / METRES_PER_DEGREE / shrink, latitude + north / METRES_PER_DEGREE];
}

function octagon(centre: Position, radius: number, shrink: number): Position[] {
  return Array.from({ length: 9 }, (_, i) => {
    const angle = ((i % 8) / 8 + 1 / 16) * 2 * Math.PI;
    return offset(centre, radius * Math.cos(angle), radius * Math.sin(angle), shrink);
  });
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
