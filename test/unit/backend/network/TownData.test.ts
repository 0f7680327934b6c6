import { describe, expect, it } from 'vitest';
import { type LayerKind, MAX_FEATURES, parseLayer, parseTown } from '../../../../backend/network/TownData.ts';
import { testTown } from '../../../support/network/testTown.ts';

const collection = (features: unknown) => ({ type: 'FeatureCollection', features });
const at = (coordinates: unknown, properties: unknown = {}) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
});
const good = at([-71.1, 42.37]);

function refusal(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it was taken');
}

describe('parseLayer', () => {
  it('reads text and objects, numbers as names, and drops altitude and nested properties', () => {
    const input = collection([
      at([-71.1, 42.37, 9], { street_number: 6, street_name: 'Elm St', a: { b: 1 }, c: 2 }),
    ]);
    const expected = collection([at([-71.1, 42.37], { street_number: '6', street_name: 'Elm St', c: 2 })]);
    expect(parseLayer('addresses', input)).toEqual(expected);
    expect(parseLayer('addresses', JSON.stringify(input))).toEqual(expected);
  });

  it('takes features without properties, and no features at all', () => {
    expect(parseLayer('poles', collection([at([1, 2], null)])).features[0]?.properties).toEqual({
      name: null,
    });
    expect(parseLayer('streets', collection([])).features).toEqual([]);
  });

  it('leaves out what is wrong when asked to, and tells it', () => {
    const refused: unknown[] = [];
    const input = collection([null, good, at([1, 200]), at(undefined, { name: 'P-1' }), good]);
    const { features } = parseLayer('poles', input, (feature) => refused.push(feature));
    expect(features).toHaveLength(2);
    expect(refused).toMatchObject([
      { feature: 0, reason: 'is null; give a GeoJSON Feature.' },
      { feature: 2, reason: expect.stringMatching(/^geometry \[1, 200\] .*; /) },
      { feature: 3, reason: 'geometry has no position; give [longitude, latitude], both numbers.' },
    ]);
    const notGeoJson = () => parseLayer('poles', [good], (feature) => refused.push(feature));
    expect(notGeoJson).toThrow(/give a GeoJSON FeatureCollection/);
  });

  const wrong: [string, LayerKind, unknown, RegExp, object][] = [
    ['text that is not JSON', 'poles', '{"type":', /^poles is not JSON .*; give a GeoJSON file\.$/, {}],
    ['nothing', 'poles', undefined, /poles is undefined; give a GeoJSON FeatureCollection/, {}],
    ['an array', 'poles', [good], /poles is an array; give a GeoJSON FeatureCollection/, {}],
    ['a single feature', 'poles', good, /has the type 'Feature'; give a GeoJSON FeatureCollection/, {}],
    ['TopoJSON', 'poles', { type: 'Topology' }, /has the type 'Topology'/, {}],
    ['features that are no array', 'poles', collection({}), /has no array of features/, {}],
    [
      'too many features',
      'poles',
      collection(Array.from({ length: MAX_FEATURES + 1 })),
      /200001 features; at most 200000/,
      {},
    ],
    [
      'a text that no database keeps',
      'poles',
      collection([good, at([-71.1, 42.37], { note: 'a\0b' })]),
      /feature 1: properties.note has a NUL character or half a surrogate pair; leave that character out/,
      { feature: 1, property: 'properties.note' },
    ],
    ['a feature that is null', 'poles', collection([good, null]), /poles: feature 1 is null/, { feature: 1 }],
    [
      'a geometry in place of a feature',
      'poles',
      collection([good.geometry]),
      /feature 0 has the type 'Point'/,
      { feature: 0 },
    ],
    [
      'no geometry',
      'poles',
      collection([good, good, { type: 'Feature', geometry: null }]),
      /feature 2: geometry is missing/,
      { feature: 2, property: 'geometry' },
    ],
    [
      'lines for points',
      'poles',
      collection([{ type: 'Feature', geometry: { type: 'LineString' } }]),
      /is of type 'LineString'; give a Point/,
      { feature: 0 },
    ],
    [
      'several points in one feature',
      'poles',
      collection([{ type: 'Feature', geometry: { type: 'MultiPoint' } }]),
      /split multi-part geometries into one Point each/,
      {},
    ],
    [
      'a line of one point',
      'streets',
      collection([{ type: 'Feature', geometry: { type: 'LineString', coordinates: [[1, 2]] } }]),
      /at least 2 positions/,
      {},
    ],
    [
      'coordinates that are text',
      'poles',
      collection([at(['-71.1', '42.3'])]),
      /give \[longitude, latitude\], both numbers/,
      {},
    ],
    ['one coordinate', 'poles', collection([at([1])]), /has no position/, {}],
    [
      'properties that are text',
      'poles',
      collection([at([1, 2], 'x')]),
      /feature 0: properties is 'x'/,
      { property: 'properties' },
    ],
    [
      'a name that is an object',
      'poles',
      collection([at([1, 2], { name: {} })]),
      /properties.name is object; give a text/,
      { property: 'properties.name' },
    ],
    [
      'a number that is an object',
      'addresses',
      collection([good, at([1, 2], { street_number: [] })]),
      /feature 1: properties.street_number is an array/,
      { feature: 1, property: 'properties.street_number' },
    ],
    [
      'a design pole without a design',
      'designPoles',
      collection([good]),
      /properties.design is missing/,
      { property: 'properties.design' },
    ],
    [
      'metres of a projection',
      'addresses',
      collection([at([758_000.5, 2_961_000.2])]),
      /projected coordinates.*reproject to EPSG:4326/,
      { feature: 0, property: 'geometry' },
    ],
    [
      'a named projection',
      'addresses',
      { ...collection([good]), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2249' } } },
      /crs is 'urn:ogc:def:crs:EPSG::2249'; reproject to EPSG:4326/,
      {},
    ],
    [
      'latitude first, beyond 90',
      'addresses',
      collection([good, at([35.6, 139.7])]),
      /feature 1: geometry \[35.6, 139.7\] has a latitude beyond 90 degrees; .*swap the two/,
      { feature: 1 },
    ],
    [
      'latitude first, in the Antarctic',
      'addresses',
      collection([at([42.37, -71.1]), at([42.38, -71.2]), good]),
      /addresses has 2 of 3 positions in the Arctic or the Antarctic.*swap the two/,
      {},
    ],
    ['places not on Earth', 'addresses', collection([at([200, 10])]), /longitude goes from -180 to 180/, {}],
  ];
  it.each(wrong)('refuses %s', (_, kind, input, message, details) => {
    const error = refusal(() => parseLayer(kind, input));
    expect(error).toMatchObject({
      error: { code: 'invalid-request', details: { layer: kind, fix: expect.any(String), ...details } },
    });
    expect(String(error).replace('TaskRefusal: ', '')).toMatch(message);
  });

  it('makes a street of each part of a street', () => {
    const coordinates = [
      [
        [1, 2],
        [1, 3],
      ],
      [
        [5, 6],
        [5, 7],
      ],
    ];
    const street = {
      type: 'Feature',
      geometry: { type: 'MultiLineString', coordinates },
      properties: { name: 'A' },
    };
    expect(parseLayer('streets', collection([street])).features).toEqual(
      coordinates.map((part) => ({ ...street, geometry: { type: 'LineString', coordinates: part } })),
    );
    const broken = { ...street, geometry: { type: 'MultiLineString', coordinates: [[[1, 2]]] } };
    expect(() => parseLayer('streets', collection([broken]))).toThrow(/feature 0: geometry is too short/);
    const empty = { ...street, geometry: { type: 'MultiLineString' } };
    expect(() => parseLayer('streets', collection([empty]))).toThrow(/feature 0: geometry has no parts/);
  });

  it('takes the reference system that GeoJSON has', () => {
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4326']) {
      const input = { ...collection([good]), crs: { type: 'name', properties: { name } } };
      expect(parseLayer('poles', input).features).toHaveLength(1);
    }
  });
});

describe('parseTown', () => {
  it('gives a good town back', () => {
    expect(parseTown(JSON.parse(JSON.stringify(testTown())))).toEqual(testTown());
  });

  it('notices a layer that is swapped though it could be somewhere', () => {
    const berlin = collection([at([13.4, 52.5])]);
    const town = { addresses: berlin, poles: collection([at([52.5, 13.4])]), designs: [] };
    expect(() => parseTown(town)).toThrow(
      /poles: lies at \[52.500, 13.400\], but addresses at \[13.400, 52.500\].*latitude first/,
    );
    expect(() => parseTown({ ...town, poles: collection([at([2.3, 48.8])]) })).toThrow(
      /of one and the same town/,
    );
  });

  const town = testTown(3);
  const [design] = town.designs;
  it.each([
    ['no town', 'town', /town is not an object/],
    ['no addresses', { ...town, addresses: undefined }, /addresses is undefined/],
    ['no designs', { ...town, designs: undefined }, /designs is not an array/],
    [
      'a design without a name',
      { ...town, designs: [{ ...design, name: ' ' }] },
      /designs: feature 0: name is not a name/,
    ],
    [
      'a name that is too long',
      { ...town, designs: [{ ...design, name: 'x'.repeat(194) }] },
      /1 to 193 characters/,
    ],
    [
      'two designs of one name',
      { ...town, designs: [design, design] },
      /designs: feature 1: name 'North' is taken/,
    ],
    [
      'a design that is a point',
      { ...town, designs: [{ name: 'x', geometry: good.geometry }] },
      /is of type 'Point'; give a Polygon/,
    ],
    [
      'an open ring',
      {
        ...town,
        designs: [
          {
            name: 'x',
            geometry: {
              type: 'Polygon',
              coordinates: [
                [
                  [0, 0],
                  [1, 0],
                  [1, 1],
                  [0, 1],
                ],
              ],
            },
          },
        ],
      },
      /end each ring with its first position/,
    ],
    [
      'a pole of another town',
      { ...town, designs: [design] },
      /designPoles: feature 1: properties.design 'South' is not a design/,
    ],
  ])('refuses %s', (_, input, message) => {
    const error = refusal(() => parseTown(input));
    expect(error).toMatchObject({ error: { code: 'invalid-request' } });
    expect(String(error)).toMatch(message);
  });
});
