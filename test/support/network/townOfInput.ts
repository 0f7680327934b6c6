import { positionProblem } from '../../../backend/network/coordinates.ts';
import type { TownData } from '../../../backend/network/TownData.ts';
import type { PlanInput, StreetLine } from '../../../backend/planning/PlanInput.ts';
import type { Position } from '../../../src/contract/index.ts';

/** The design of such a town. */
export const PLANNED = 'design/Planned';

/** A town with the addresses, poles and streets of the input, where a store takes them, and one design without a record. */
export function townOfInput({ addresses, poles, streets }: PlanInput): TownData {
  const points = (list: PlanInput['poles'], name: string) => ({
    type: 'FeatureCollection' as const,
    features: list
      .filter(({ position }) => isPlace(position))
      .map(({ position }, i) => ({
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: position },
        properties: { name: `${name}-${i + 1}` },
      })),
  });
  const [x, y] = addresses.find(({ position }) => isPlace(position))?.position ?? [0, 0];
  const ring: Position[] = [
    [x, y],
    [x + 0.001, y],
    [x, y + 0.001],
    [x, y],
  ];
  return {
    addresses: points(addresses, 'A'),
    poles: points(poles, 'M'),
    streets: {
      type: 'FeatureCollection',
      features: streets.flatMap(linesOf).map((coordinates, i) => ({
        type: 'Feature' as const,
        geometry: { type: 'LineString' as const, coordinates },
        properties: { name: `Street ${i + 1}` },
      })),
    },
    designs: [{ name: 'Planned', geometry: { type: 'Polygon', coordinates: [ring] } }],
  };
}

function linesOf({ coordinates }: StreetLine): Position[][] {
  const single: Position[] = [];
  const lines: Position[][] = [];
  for (const part of coordinates) {
    if (isPosition(part)) single.push(part);
    else lines.push([...part]);
  }
  return [single, ...lines].map((line) => line.filter(isPlace)).filter((line) => line.length > 1);
}

function isPosition(part: Position | readonly Position[]): part is Position {
  return typeof part[0] === 'number';
}

function isPlace([longitude, latitude]: Position): boolean {
  return Number.isFinite(longitude + latitude) && positionProblem(longitude, latitude) === undefined;
}
