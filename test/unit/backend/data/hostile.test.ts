import { gzipSync as fastGzip } from 'node:zlib';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openData } from '../../../../backend/data/openData.ts';
import { readLayer } from '../../../../backend/data/readLayer.ts';
import { makeDbf, makeShp } from '../../../support/data/makeShapefile.ts';
import { addressesOf, fileOf, open, readOnly } from '../../../support/data/readAll.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const feature = (number: number, geometry: unknown) => ({
  type: 'Feature',
  properties: { number, street: 'Main St' },
  geometry,
});
const point = (number: number) =>
  feature(number, { type: 'Point', coordinates: [-71.1, 42.37 + number / 1000] });
const collection = (features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

async function problemOf(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const { layers, problems } = await open({ [name]: content });
  expect(layers).toEqual([]);
  return problems.map(({ file, text }) => `${file}: ${text}`).join('\n');
}

describe('bad input', () => {
  it.each<[name: string, content: string | Uint8Array<ArrayBuffer>, says: RegExp]>([
    ['a.geojson', '', /^a\.geojson: is empty \(0 bytes\): export or download it again$/],
    ['zeros.shp', new Uint8Array(5_000), /zeros\.shp: holds nothing but zeros/],
    ['a.zip', zipSync({}), /a\.zip: is an archive with nothing in it/],
    [
      'a.zip',
      zipSync({ 'a.geojson': utf8(collection([point(1)])) }).slice(0, 80),
      /a\.zip: is a zip archive without its end: download it again/,
    ],
    [
      'a.geojson.gz',
      gzipSync(utf8(collection([point(1)]))).slice(0, 60),
      /a\.geojson(\.gz)?.*damaged or cut off/,
    ],
    [
      'a.xlsx',
      zipSync({ 'xl/workbook.xml': utf8('<x/>') }),
      /a\.xlsx: is an Excel file: save the sheet as CSV/,
    ],
    ['a.gdb.zip', zipSync({ 'a.gdb/a00000001.gdbtable': utf8('x') }), /file geodatabase of Esri.*export/],
    ['a.parquet', 'PAR1....', /GeoParquet: export it as/],
    ['a.fgb', 'fgb\u0003fgb', /FlatGeobuf: export/],
    ['a.geojson', '<!DOCTYPE html><html><body>404</body></html>', /web page: the download may have failed/],
    [
      'a.gml',
      '<?xml version="1.0"?><wfs:FeatureCollection xmlns:gml="http://www.opengis.net/gml">',
      /is GML: export/,
    ],
    ['a.json', '{"type":"Topology","objects":{},"arcs":[]}', /TopoJSON: export it as GeoJSON/],
    ['a.json', '{"hello":"world"}', /is JSON without features/],
    [
      'a.bin',
      Uint8Array.from({ length: 600 }, (_, i) => (i * 37) % 256),
      /is in no format that is known here; give GeoJSON/,
    ],
    ['notes.txt', 'Dear planner,\nthis is a letter.\n', /is in no format that is known here/],
    [
      'a.dbf',
      makeDbf([{ name: 'A', length: 4 }], [['x']]),
      /table of a Shapefile without its places: give the \.shp/,
    ],
    ['a.gpkg', 'SQLite format 3\u0000', /damaged GeoPackage, or is cut off/],
    ['a.kml', '<kml><Document><NetworkLink/></Document></kml>', /only links to other files/],
    [
      'wide.csv',
      `lon,lat,${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n1,2\n`,
      /wide\.csv: has 10002 columns in row 1, at most 1000 are taken/,
    ],
  ])('says what is wrong with %s', async (name, content, says) => {
    expect(await problemOf(name, content)).toMatch(says);
  });

  it('opens the other files all the same', async () => {
    const { layers, problems } = await open({ 'a.geojson': '', 'b.geojson': collection([point(1)]) });
    expect(layers.map(({ name }) => name)).toEqual(['b']);
    expect(problems).toMatchObject([{ file: 'a.geojson', code: 'empty' }]);
  });

  it('stops at a bomb: archives in archives, and a file that grows a thousand times', async () => {
    let nested = zipSync({ 'a.geojson': utf8(collection([point(1)])) });
    for (let i = 0; i < 6; i++) nested = zipSync({ 'inner.zip': nested });
    expect(await problemOf('nested.zip', nested)).toMatch(/archive in archives, too deep: unpack it first/);
    // It pretends to be an archive in an archive, which has to be unpacked as a whole.
    const zeros = new Uint8Array(36 * 2 ** 20);
    zeros.set([0x50, 0x4b, 3, 4]);
    const bomb = new Uint8Array(fastGzip(zeros));
    await expect(problemOf('bomb.gz', bomb)).resolves.toMatch(
      /^bomb\.gz\/bomb: grows to more than 300 times its packed size/,
    );
  });

  it('leaves bad features out one by one, each with its number and the fix', async () => {
    const features = [
      point(1),
      feature(2, null),
      feature(3, { type: 'Point', coordinates: ['x', 1] }),
      feature(4, { type: 'Point', coordinates: [] }),
      feature(5, {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
          ],
        ],
      }),
      feature(6, {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      }),
      feature(7, { type: 'Blob', coordinates: [1, 1] }),
      feature(8, { type: 'Point', coordinates: [1e300, 1] }),
      'not a feature',
      { type: 'Feature', properties: null, geometry: { type: 'Point', coordinates: [-71.1, 42.3] } },
      feature(11, {
        type: 'GeometryCollection',
        geometries: [{ type: 'Point', coordinates: [-71.1, 42.4] }],
      }),
      feature(12, 'POINT(1 1)'),
    ];
    const read = await readOnly({ 'a.geojson': collection(features) });
    expect(read.numbers).toEqual([1, 10, 11]);
    expect(read.report).toMatchObject({ read: 12, given: 3, leftOut: { count: 9 } });
    expect(read.report.leftOut.first.map(({ number, code }) => `${number} ${code}`)).toEqual([
      '2 no-geometry',
      '3 bad-position',
      '4 no-geometry',
      '5 short-outline',
      '6 line-for-address',
      '7 unknown-geometry',
      '8 not-degrees',
      '9 not-a-feature',
      '12 unknown-geometry',
    ]);
    for (const { text } of read.report.leftOut.first)
      expect(text).toMatch(/; (draw|repair|read|turn|say|take)/);
  });

  it('reads around JSON that is broken, deep or cut off', async () => {
    const deep = `{"type":"Feature","properties":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}},"geometry":null}`;
    const good = [1, 2, 3].map((number) => JSON.stringify(point(number)));
    const text = `{"type":"FeatureCollection","features":[${good[0]},${deep},{"type":"Feature",,},{"type":"Feature","properties":{"number":NaN,"street":"A } [ \\" B"},"geometry":{"type":"Point","coordinates":[-71.1,42.39]}},${good[1]},${good[2]?.slice(0, 40)}`;
    const read = await readOnly({ 'a.geojson': text });
    expect(read.numbers).toEqual([1, 4, 5]);
    expect(read.report.leftOut.first.map(({ number, code }) => [number, code])).toEqual([
      [2, 'feature-too-deep'],
      [3, 'not-json'],
      [6, 'cut-off'],
    ]);
  });

  it('reads around lines of a sequence that are broken', async () => {
    const lines = [JSON.stringify(point(1)), '{"type":"Feature"', '', JSON.stringify(point(2))];
    for (const text of [lines.join('\n'), lines.map((line) => `\u001e${line}\n`).join('')]) {
      const read = await readOnly({ 'a.geojsonl': text });
      expect(read.numbers).toEqual([1, 3]);
      expect(read.report.leftOut.first).toMatchObject([{ number: 2, code: 'not-json' }]);
    }
  });

  it('names each row of a CSV that is wrong: another separator, too many fields, an open quote, no number', async () => {
    const csv = [
      'lon,lat,number,street',
      '-71.1,42.31,1,"Main, St"',
      '-71.1;42.32;2;Main St',
      '-71.1,42.33,3,Main,St',
      'west,42.34,4,Main St',
      ',,5,Main St',
      '',
      '-71.1,42.36,7,"Main St',
      '-71.1,42.37,8,"Main St"',
      '-71.1,42.38,9,Main "St"',
    ].join('\r\n');
    const read = await readOnly({ 'a.csv': csv });
    expect(addressesOf(read)).toEqual(['1 Main, St @ -71.1000,42.3100', '9 Main "St" @ -71.1000,42.3800']);
    expect(read.report.leftOut.first.map(({ number, code }) => [number, code])).toEqual([
      [3, 'separator-changed'],
      [4, 'too-many-fields'],
      [5, 'bad-place'],
      [6, 'no-geometry'],
      [8, 'open-quote'],
    ]);
    expect(read.report.leftOut.first[0]?.text).toBe(
      'is separated by ";", and the heading by ","; use one separator in the whole file',
    );
  });

  it('is quiet about the index and the metadata beside a Shapefile, and names such a part without it', async () => {
    const parts = { 'a.sbn': new Uint8Array([9, 1, 7]), 'a.shp.xml': '<metadata/>', 'a.qmd': '<qgis/>' };
    const shp = makeShp([{ type: 'point', at: [-71.1, 42.37] }]);
    const { layers, problems } = await open({ 'a.shp': shp, ...parts });
    expect(layers).toHaveLength(1);
    expect(problems).toEqual([]);
    expect((await open(parts)).problems).toHaveLength(3);
    expect(await problemOf('a.prj', 'GEOGCS["WGS 84"]')).toMatch(
      /a\.prj: is a part of a Shapefile.* give the \.shp/,
    );
  });

  it('reads a Shapefile without its .dbf, and says so before anything is stored', async () => {
    const { layers } = await open({ 'a.shp': makeShp([{ type: 'point', at: [-71.1, 42.37] }]) });
    expect(layers[0]?.notes.map(({ code }) => code)).toEqual([
      'no-dbf',
      'no-prj',
      'street-missing',
      'number-missing',
    ]);
    expect(layers[0]?.notes[2]?.text).toBe('0 of 1 have a street name');
  });

  it('reads what is there of a Shapefile that is cut off, and leaves out a damaged record', async () => {
    const shapes = [
      { type: 'point' as const, at: [-71.1, 42.37] },
      {
        type: 'line' as const,
        parts: [
          [
            [-71, 42],
            [-71, 43],
          ],
        ],
      },
      null,
      { type: 'point' as const, at: [-71.2, 42.37] },
      { type: 'point' as const, at: [-71.3, 42.37] },
    ];
    const bytes = makeShp(shapes);
    // More positions than the record has room for.
    new DataView(bytes.buffer).setInt32(100 + 28 + 8 + 40, 1_000_000, true);
    const read = await readOnly({ 'a.shp': bytes.slice(0, -4) }, { kind: 'poles' });
    expect(read.numbers).toEqual([1, 4]);
    expect(read.report.leftOut.first.map(({ number, code }) => [number, code])).toEqual([
      [2, 'damaged-geometry'],
      [3, 'no-geometry'],
      [5, 'shp-cut-off'],
    ]);
  });

  it('keeps a property named __proto__ apart from all prototypes', async () => {
    const text = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"__proto__":{"polluted":"yes"},"constructor":"x"},"geometry":{"type":"Point","coordinates":[1,47]}}]}`;
    const read = await readOnly({ 'a.geojson': text });
    expect(read.report.given).toBe(1);
    expect('polluted' in {}).toBe(false);
  });

  it('refuses an archive with a password or an unknown method by the name of its file', async () => {
    const zip = zipSync({ 'a.geojson': utf8(collection([point(1)])) });
    const locked = zip.slice();
    const directory = new DataView(locked.buffer);
    for (let i = 0; i + 4 < locked.length; i++)
      if (directory.getUint32(i, true) === 0x02014b50) directory.setUint16(i + 8, 1, true);
    expect(await problemOf('a.zip', locked)).toBe(
      'a.zip/a.geojson: is locked with a password: pack it again without one',
    );
  });

  it('stops where its signal aborts', async () => {
    const file = fileOf('a.geojson', collection(Array.from({ length: 3_000 }, (_, i) => point(i))));
    const { layers } = await openData([file]);
    const abort = new AbortController();
    const [layer] = layers;
    if (!layer) throw new Error('no layer');
    const read = async () => {
      for await (const { features } of readLayer([file], layer, layer.suggestion, { signal: abort.signal })) {
        expect(features).toHaveLength(1_000);
        abort.abort(new Error('the user left'));
      }
    };
    await expect(read()).rejects.toThrow('the user left');
    await expect(openData([file], { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  });
});
