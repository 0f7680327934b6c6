import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointOnSurface } from '../../../../backend/data/geometry/pointOnSurface.ts';
import { isInside, ringsToPolygons } from '../../../../backend/data/geometry/ringsToPolygons.ts';
import { parseHexWkb } from '../../../../backend/data/geometry/wkb.ts';
import { parseWkt } from '../../../../backend/data/geometry/wkt.ts';
import { addressesOf, open, readOnly } from '../../../support/data/readAll.ts';

const feature = (geometry: object, properties: object = {}) => ({ type: 'Feature', properties, geometry });
const collection = (...features: object[]) => JSON.stringify({ type: 'FeatureCollection', features });
const square = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];

describe('geometry', () => {
  it('takes several points and lines apart, and an area with several parts to one address on the largest', async () => {
    const points = await readOnly({
      'a.json': collection(
        feature(
          {
            type: 'MultiPoint',
            coordinates: [
              [1, 47],
              [2, 47],
            ],
          },
          { number: 1, street: 'A' },
        ),
      ),
    });
    expect(addressesOf(points)).toEqual(['1 A @ 1.0000,47.0000', '1 A @ 2.0000,47.0000']);
    expect(points.report.takenApart).toEqual({ features: 1, parts: 2 });
    const parcel = feature(
      { type: 'MultiPolygon', coordinates: [[square(1, 47, 0.001)], [square(2, 47, 0.01)]] },
      { number: 2, street: 'B' },
    );
    const area = await readOnly({ 'a.json': collection(parcel) });
    expect(addressesOf(area)).toEqual(['2 B @ 2.0050,47.0050']);
    expect(area.report.turnedIntoPoints).toBe(1);
    const mixed = feature(
      {
        type: 'GeometryCollection',
        geometries: [
          {
            type: 'LineString',
            coordinates: [
              [1, 47],
              [1, 48],
            ],
          },
          {
            type: 'MultiLineString',
            coordinates: [
              [
                [2, 47],
                [2, 48],
              ],
              [
                [3, 47],
                [3, 48],
              ],
            ],
          },
        ],
      },
      { name: 'C' },
    );
    const lines = await readOnly({ 'a.json': collection(mixed) }, { kind: 'streets' });
    expect(lines.features).toHaveLength(3);
  });

  it('reads one feature, one geometry, a list, and features in any order of their members', async () => {
    const one = {
      geometry: { coordinates: [1, 47], type: 'Point' },
      properties: { street: 'A', number: '1' },
      type: 'Feature',
    };
    const texts = [
      JSON.stringify(one),
      JSON.stringify([one]),
      JSON.stringify({ features: [one], type: 'FeatureCollection' }),
      JSON.stringify({ data: { a: [1] }, features: [one] }),
    ];
    for (const text of texts)
      expect(addressesOf(await readOnly({ 'a.json': text }))).toEqual(['1 A @ 1.0000,47.0000']);
    const bare = await readOnly({ 'a.json': '{"type":"MultiPoint","coordinates":[[1,47],[2,47]]}' });
    expect(bare.features).toHaveLength(2);
    const records = await readOnly({
      'a.json': '[{"lat":47,"lon":1,"address":{"street":"A","number":"1"}}]',
    });
    expect(addressesOf(records)).toEqual(['1 A @ 1.0000,47.0000']);
  });

  it('keeps heights as a property, but not the 0 that programs write without one', async () => {
    const read = await readOnly({
      'a.json': collection(
        feature({ type: 'Point', coordinates: [1, 47, 12.5] }),
        feature({ type: 'Point', coordinates: [1, 47, 0] }),
      ),
    });
    expect(read.features).toMatchObject([
      { geometry: { coordinates: [1, 47] }, properties: { elevation_metres: 12.5 } },
      {},
    ]);
    expect(read.features[1]).not.toHaveProperty('properties.elevation_metres');
    const line = await readOnly({
      'a.json': collection(
        feature({
          type: 'LineString',
          coordinates: [
            [1, 47, 1],
            [1, 48, 2],
          ],
        }),
      ),
    });
    expect(line.features).toMatchObject([
      {
        geometry: {
          coordinates: [
            [1, 47],
            [1, 48],
          ],
        },
        properties: { elevations_metres: [1, 2] },
      },
    ]);
  });

  it('finds addresses that come again at the same place, and leaves them out only when asked', async () => {
    const at = (number: string, unit?: string) =>
      feature({ type: 'Point', coordinates: [1, 47] }, { street: 'A', number, unit });
    const file = { 'a.json': collection(at('1'), at('1'), at('2'), at('1', 'B')) };
    const read = await readOnly(file);
    expect(read.report.duplicates).toEqual({ count: 1, first: [{ number: 2, sameAs: 1 }] });
    expect(read.features).toHaveLength(4);
    const without = await readOnly(file, { duplicates: 'leave-out' });
    expect(without.numbers).toEqual([1, 3, 4]);
    expect(without.report.leftOut.byReason).toMatchObject([{ code: 'duplicate', count: 1 }]);
  });

  it('says what is missing before anything is stored', async () => {
    const houses = Array.from({ length: 272 }, (_, i) =>
      feature({ type: 'Point', coordinates: [1, 47 + i / 1e4] }, { height: i }),
    );
    const { layers } = await open({ 'Napoleon-houses.geojson': collection(...houses) });
    expect(layers[0]?.suggestion.kind).toBe('addresses');
    expect(layers[0]?.notes.map(({ text }) => text)).toContain('0 of 272 have a street name');
  });

  it('puts holes where they belong', () => {
    const clockwise = (ring: number[][]) => [...ring].reverse();
    const polygons = ringsToPolygons([
      clockwise(square(0, 0, 10)),
      square(1, 1, 2),
      clockwise(square(20, 0, 10)),
      square(21, 1, 2),
    ]);
    expect(polygons.map((rings) => rings.map(([first]) => first))).toEqual([
      [
        [0, 0],
        [1, 1],
      ],
      [
        [20, 0],
        [21, 1],
      ],
    ]);
  });

  it('puts the point of an area within it, whatever its form', () => {
    // A star round a centre: its corners go round once, so it does not cross itself.
    const star = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 5, maxLength: 14 });
    fc.assert(
      fc.property(star, (radii) => {
        const ring = radii.map((radius, i) => {
          const angle = (2 * Math.PI * i) / radii.length;
          return [10 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)];
        });
        const at = pointOnSurface([[...ring, ring[0] ?? []]]);
        expect(at !== undefined && isInside(at, ring)).toBe(true);
      }),
      { seed: 14, numRuns: 200 },
    );
    const horseshoe = [
      [0, 0],
      [10, 0],
      [10, 10],
      [9, 10],
      [9, 1],
      [1, 1],
      [1, 10],
      [0, 10],
      [0, 0],
    ];
    const at = pointOnSurface([horseshoe]) ?? [];
    expect(isInside(at, horseshoe)).toBe(true);
  });

  it.each([
    ['POINT (30 10)', { type: 'Point', coordinates: [30, 10] }, undefined],
    ['SRID=28992;POINT Z(1 2 3)', { type: 'Point', coordinates: [1, 2, 3] }, 28992],
    [
      'LINESTRING(1 2,3 4)',
      {
        type: 'LineString',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      undefined,
    ],
    [
      'MULTIPOINT((1 2),(3 4))',
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      undefined,
    ],
    [
      'MULTIPOINT(1 2,3 4)',
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      undefined,
    ],
    [
      'POLYGON((0 0,1 0,1 1,0 0))',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      },
      undefined,
    ],
    ['POINT EMPTY', null, undefined],
  ])('reads the well-known text %s', (text, geometry, srid) => {
    expect(parseWkt(text)).toEqual(srid === undefined ? { geometry } : { geometry, srid });
  });

  it('reads the binary that PostGIS shows, and nothing from what is cut off', () => {
    const hex = '0101000020E610000000000000000024400000000000004940';
    expect(parseHexWkb(hex)).toEqual({ geometry: { type: 'Point', coordinates: [10, 50] }, srid: 4326 });
    expect(() => parseHexWkb(hex.slice(0, -8))).toThrow(RangeError);
    expect(parseHexWkb('12 Main St')).toBeUndefined();
  });

  it('gives back any collection that it gets', async () => {
    const position = fc
      .tuple(fc.integer({ min: -1_700_000, max: 1_700_000 }), fc.integer({ min: -500_000, max: 700_000 }))
      .map(([x, y]) => [x / 1e4, y / 1e4]);
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .map((text) => `a${text}b`.replace(/[\s\p{Cc}]/gu, '_'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(position, words, words), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (rows, byLine) => {
          const features = rows.map(([coordinates, street, number]) =>
            feature({ type: 'Point', coordinates }, { street_name: street, street_number: number }),
          );
          const text = byLine
            ? `${features.map((one) => JSON.stringify(one)).join('\n')}\n`
            : collection(...features);
          const { layers } = await open({ 'a.json': text });
          const read = await readOnly(
            { 'a.json': text },
            {
              kind: 'addresses',
              swapAxes: false,
              columns: { street: 'street_name', number: 'street_number' },
            },
          );
          expect(layers[0]?.sampled).toBe(rows.length);
          expect(read.features).toMatchObject(features);
        },
      ),
      { seed: 14, numRuns: 25 },
    );
  });
});
