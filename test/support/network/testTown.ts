import type { TownAddress, TownData, TownDesignPole, TownPole } from '../../../backend/network/TownData.ts';
import type { Position } from '../../../src/contract/index.ts';

export const ORIGIN: Position = [-71.1, 42.37];

function pointFeature<P>(coordinates: Position, properties: P) {
  return { type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates }, properties };
}

function layer<F>(features: F[]) {
  return { type: 'FeatureCollection' as const, features };
}

function square([x, y]: Position): Position[][] {
  return [
    [
      [x, y],
      [x + 0.01, y],
      [x + 0.01, y + 0.01],
      [x, y + 0.01],
      [x, y],
    ],
  ];
}

/**
 * Addresses 1 to n on a grid, 100 to a row; poles 1 and 2 in master; pole 3 (P-009) in design North, pole 4 (S-1) in
 * design South; one street.
 */
export function testTown(addresses = 300): TownData {
  const [x, y] = ORIGIN;
  const poles: TownPole[] = [
    pointFeature([x, y], { name: 'M-1' }),
    pointFeature([x + 0.001, y], { name: 'M-2' }),
  ];
  const designPoles: TownDesignPole[] = [
    pointFeature([x + 0.002, y + 0.002], { design: 'North', name: 'P-009' }),
    pointFeature([x + 0.002, y - 0.002], { design: 'South', name: 'S-1' }),
  ];
  return {
    addresses: layer(
      Array.from({ length: addresses }, (_, i): TownAddress => {
        const column = i % 100;
        const row = Math.floor(i / 100);
        return pointFeature([x + column * 1e-4, y + row * 1.3e-4], {
          street_name: row === 0 ? null : `Street ${row}`,
          street_number: `${column + 1}`,
        });
      }),
    ),
    poles: layer(poles),
    streets: layer([
      {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [x, y],
            [x + 0.01, y],
          ],
        },
        properties: { name: 'Main Street' },
      },
    ]),
    designs: [
      { name: 'North', geometry: { type: 'Polygon', coordinates: square([x, y]) } },
      { name: 'South', geometry: { type: 'Polygon', coordinates: square([x, y - 0.01]) } },
    ],
    designPoles: layer(designPoles),
  };
}
