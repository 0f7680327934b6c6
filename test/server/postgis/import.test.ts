import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importCommand } from '../../../server/src/cli/import.ts';
import { ConfigError } from '../../../server/src/config/ConfigError.ts';
import { openPool } from '../../../server/src/database/openPool.ts';
import { PostgisStore } from '../../../server/src/postgis/PostgisStore.ts';
import { createTestDatabase, type TestDatabase } from '../support/testDatabase.ts';

let folder: string;
let database: TestDatabase;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-import-'));
  database = await createTestDatabase();
  printed = [];
  for (const stream of ['log', 'error'] as const) {
    vi.spyOn(console, stream).mockImplementation((text) => void printed.push(String(text)));
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.drop();
  await rm(folder, { recursive: true });
});

type Feature = { type: string; geometry?: unknown; properties?: unknown };

const point = (i: number, properties: object): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [0.12 + (i % 100) * 1e-4, 52.2 + Math.floor(i / 100) * 1e-4] },
  properties,
});
const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => point(i, { street_name: 'Mill Road', street_number: `${i + 1}` }));
const poles = (count: number) => Array.from({ length: count }, (_, i) => point(i, { name: `P-${i + 1}` }));
const street: Feature = {
  type: 'Feature',
  geometry: {
    type: 'MultiLineString',
    coordinates: [
      [
        [0.12, 52.2],
        [0.13, 52.2],
      ],
      [
        [0.13, 52.2],
        [0.13, 52.21],
      ],
    ],
  },
  properties: { name: 'Mill Road' },
};

async function write(
  name: string,
  features: unknown[] | string | Buffer,
  more: object = {},
): Promise<string> {
  const path = join(folder, name);
  const collection = () => JSON.stringify({ type: 'FeatureCollection', ...more, features });
  await writeFile(path, Array.isArray(features) ? collection() : features);
  return path;
}

const run = (...args: string[]) => importCommand(args, { LRT_DATABASE_URL: database.databaseUrl });

async function imported(): Promise<string[]> {
  const pool = openPool(database.databaseUrl);
  const { features } = await new PostgisStore({ pool }).features({ limit: 50_000 });
  await pool.end();
  return features.map(({ id }) => id);
}

const count = (ids: string[], table: string) => ids.filter((id) => id.startsWith(`${table}/`)).length;

describe('lrt-server import', () => {
  it('loads the files, told apart by their names, with a design to plan in', async () => {
    const files = [
      await write('Mill_Road_STREETS.geojson', [street]),
      await write('addresses-2026.json', addresses(120)),
      await write('poles.geojson', poles(3)),
    ];
    expect(await run(...files, '--design', 'Mill Road')).toBe(0);
    expect(printed).toEqual([
      'Imported 120 addresses, 3 poles and 2 streets, with design/Mill Road to plan in.',
    ]);
    const ids = await imported();
    expect([count(ids, 'address'), count(ids, 'pole'), count(ids, 'street')]).toEqual([120, 3, 2]);

    const pool = openPool(database.databaseUrl);
    const transaction = new PostgisStore({ pool }).begin();
    const view = await transaction.view('design/Mill Road');
    expect(await view.table('pole').get(4)).toMatchObject({ design: 'design/Mill Road' });
    await pool.end();
  });

  it('loads a folder; streets may be missing', async () => {
    await write('addresses.geojson', addresses(10));
    await write('poles.geojson', []);
    expect(await importCommand([folder, '--database', database.databaseUrl], {})).toBe(0);
    expect(count(await imported(), 'address')).toBe(10);
  });

  it('leaves out 1,000 broken features, tells which and why, and imports the others', async () => {
    const position = (coordinates: unknown) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates },
    });
    const broken: unknown[] = [
      null,
      7,
      'x',
      [],
      {},
      { type: 'Feature' },
      { ...point(0, {}), properties: 'none' },
      point(0, { street_name: { en: 'Mill Road' } }),
      point(0, { street_name: 'NUL \0' }),
      point(0, { note: 'half \ud83d' }),
      position([0.12]),
      position(['0.12', '52.2']),
      position([null, 52.2]),
      position([545_000.1, 258_000.2]),
      position([0.12, 252.2]),
      position('0.12,52.2'),
      { type: 'Feature', geometry: { type: 'Polygon', coordinates: [] }, properties: {} },
      { type: 'Feature', geometry: { type: '\u001b[2J', coordinates: [] }, properties: {} },
      { type: 'Feature', geometry: null, properties: {} },
      { type: 'Feature', geometry: { type: 'MultiPoint', coordinates: [[0.12, 52.2]] }, properties: {} },
    ];
    const mixed = addresses(1_000).flatMap((address, i) => [address, broken[i % broken.length]]);
    await write('addresses.geojson', mixed);
    await write('poles.geojson', poles(2));
    const report = join(folder, 'refused.jsonl');
    expect(await run(folder, '--report', report)).toBe(3);

    expect(count(await imported(), 'address')).toBe(1_000);
    const lines = (await readFile(report, 'utf8')).trimEnd().split('\n');
    const refused = lines.map((line): { file: string; feature: number; reason: string } => JSON.parse(line));
    expect(refused.map(({ feature }) => feature)).toEqual(Array.from({ length: 1_000 }, (_, i) => 2 * i + 1));
    for (const { file, reason } of refused) {
      expect(file).toBe(join(folder, 'addresses.geojson'));
      expect(reason).toMatch(/^\S.*; \S.*\.$/s);
      expect(reason).not.toContain('addresses: feature');
    }
    expect(refused[13]?.reason).toMatch(
      /geometry \[545000.1, 258000.2\] is in projected coordinates.*EPSG:4326/,
    );
    const told = printed.join('\n');
    expect(told).toContain('1,000 features were left out:');
    expect(told).toContain(`addresses.geojson: feature 1 (from 0): is null; give a GeoJSON Feature.`);
    expect(told).toContain(`and 980 more; all are in ${report}`);
    // Nothing in a file reaches the operator's terminal as a command to it.
    expect(told).not.toContain('\u001b');
  });

  describe('changes nothing where', () => {
    beforeEach(async () => {
      await write('addresses.geojson', addresses(5));
      await write('poles.geojson', poles(1));
      await run(folder);
    });
    afterEach(async () => {
      expect(count(await imported(), 'address')).toBe(5);
    });
    const other = async (features: unknown[] | string | Buffer, more?: object) => [
      await write('address.json', features, more),
      join(folder, 'poles.geojson'),
      '--replace',
    ];

    it.each([
      ['is not JSON', 'id,street\n1,Mill Road', /address.json: addresses is not JSON .*give a GeoJSON file/],
      ['is not GeoJSON', '{"rows": []}', /has the type undefined; give a GeoJSON FeatureCollection/],
      [
        'is a single geometry',
        '{"type": "Point", "coordinates": [0, 0]}',
        /'Point'; give a GeoJSON FeatureCollection/,
      ],
      ['is not text', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]), /is not UTF-8 text/],
      ['is empty', '', /is not JSON/],
      ['has no addresses', [], /not one address to import/],
      [
        'has only broken ones',
        [null, null],
        /not one of its 2 features can be used; feature 0 \(from 0\): is null/,
      ],
    ])('a file %s', async (_, content, message) => {
      await expect(run(...(await other(content)))).rejects.toThrow(message);
    });

    it('a file names another reference system', async () => {
      const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } };
      await expect(run(...(await other(addresses(2), { crs })))).rejects.toThrow(
        /address.json: addresses: crs is 'urn:ogc:def:crs:EPSG::27700'; reproject to EPSG:4326/,
      );
    });

    it('a file is in metres without saying so, or has latitude first', async () => {
      const at = (coordinates: number[]) => ({ ...point(0, {}), geometry: { type: 'Point', coordinates } });
      await expect(run(...(await other([at([545_000, 258_000])])))).rejects.toThrow(/reproject to EPSG:4326/);
      await expect(run(...(await other([at([52.2, 0.12])])))).rejects.toThrow(/latitude first/);
    });

    it('a file is huge, has too many features, or is none', async () => {
      const path = await write('address.json', '');
      const file = await open(path, 'r+');
      await file.truncate(200 * 2 ** 20);
      await file.close();
      const pole = join(folder, 'poles.geojson');
      await expect(run(path, pole, '--replace')).rejects.toThrow(/has 200 MB, at most 128 are taken/);
      await expect(run('/dev/null/addresses', pole, '--replace')).rejects.toThrow(/cannot be read/);
      const many = await other(Array.from({ length: 200_001 }, () => 0));
      await expect(run(...many)).rejects.toThrow(/has 200001 features; at most 200000 are taken/);
    });

    it('there is a network already', async () => {
      await write('addresses.geojson', addresses(7));
      await expect(run(folder)).rejects.toThrow(/holds a network already, of 5 addresses, .*--replace/s);
    });

    it('the report cannot be written', async () => {
      const report = join(folder, 'missing', 'report');
      await expect(run(folder, '--replace', '--report', report)).rejects.toThrow(
        /--report .* cannot be written/,
      );
    });

    it('it is told wrongly', async () => {
      const path = join(folder, 'addresses.geojson');
      const pole = join(folder, 'poles.geojson');
      for (const [args, message] of [
        [[], /needs files, or a folder/],
        [[folder, '--replce'], /--replce.*--help/],
        [[folder, '--design', ' '], /designs: feature 0: name is not a name/],
        [[path], /a file with poles is missing/],
        [[pole], /a file with addresses is missing/],
        [[path, pole, path], /two files with addresses/],
        [[path, join(folder, 'masts.json')], /its name does not say which layer it holds/],
        [[path, join(folder, 'street_poles.json')], /its name does not say which layer it holds/],
        [[folder, '--database', 'mysql://root:secret@db/lrt'], /must be a URL such as postgres/],
      ] as const) {
        const refused = run(...args, '--replace');
        await expect(refused).rejects.toThrow(message);
        await expect(refused).rejects.not.toThrow(/secret/);
      }
      await expect(importCommand([folder], {})).rejects.toThrow(/--database \(LRT_DATABASE_URL\)/);
      await expect(importCommand([folder], {})).rejects.toBeInstanceOf(ConfigError);
    });
  });

  it('replaces a network when told to', async () => {
    await write('addresses.geojson', addresses(5));
    await write('poles.geojson', poles(1));
    await run(folder);
    await write('addresses.geojson', addresses(7));
    expect(await run(folder, '--replace')).toBe(0);
    expect(count(await imported(), 'address')).toBe(7);
  });

  describe('--merge', () => {
    beforeEach(async () => {
      await write('addresses.geojson', addresses(50));
      await write('poles.geojson', poles(2));
      await write('streets.geojson', [street]);
      await run(folder);
      printed = [];
    });

    it('adds and changes, deletes nothing, and leaves designs as they are', async () => {
      const changed = addresses(60).slice(10);
      changed[0] = point(10, { street_name: 'Mill Road', street_number: '11', flats: 4 });
      const file = await write('address-update.json', [...changed, null]);
      expect(await run(file, '--merge')).toBe(3);
      expect(printed[0]).toBe('Merged: addresses: 10 added, 1 changed, 39 unchanged.');
      expect(printed[1]).toMatch(/1 feature was left out:\n.*feature 50 \(from 0\): is null/);
      const ids = await imported();
      expect([count(ids, 'address'), count(ids, 'pole'), count(ids, 'street')]).toEqual([60, 2, 2]);

      const pool = openPool(database.databaseUrl);
      const view = await new PostgisStore({ pool }).begin().view('design/FTTH');
      expect(await view.table('pole').count()).toBe(3);
      expect((await view.table('address').get(11))?.properties).toMatchObject({ flats: 4 });
      await pool.end();
      expect(await run(folder, '--merge')).toBe(0);
      expect(printed.at(-1)).toBe(
        'Merged: addresses: 0 added, 0 changed, 50 unchanged; poles: 0 added, 0 changed, 2 unchanged; streets: 0 added, 0 changed, 2 unchanged.',
      );
    });

    it('changes nothing where a file cannot be used, lies elsewhere, or the key is wrong', async () => {
      const swapped = addresses(3).map((one) => ({
        ...one,
        geometry: { type: 'Point', coordinates: [52.2, 0.12] },
      }));
      const file = await write('address.json', swapped);
      await expect(run(file, '--merge')).rejects.toThrow(/latitude first.*Nothing was changed/s);
      await expect(run(folder, '--merge', '--key', 'nothing')).rejects.toThrow(
        /not one of its features can be merged; feature 0 \(from 0\): properties.nothing is missing/,
      );
      for (const [args, message] of [
        [['--merge', '--replace'], /give one of them/],
        [['--key', 'id'], /--key is for --merge/],
        [['--merge', '--design', 'x'], /leave it out/],
      ] as const) {
        await expect(run(folder, ...args)).rejects.toThrow(message);
      }
      expect(count(await imported(), 'address')).toBe(50);
    });
  });

  it('says what to run where the database was not migrated', async () => {
    await write('addresses.geojson', addresses(5));
    await write('poles.geojson', poles(1));
    const empty = await createTestDatabase({ content: 'empty' });
    const refused = importCommand([folder, '--database', empty.databaseUrl], {});
    await expect(refused).rejects.toThrow(/lacks 0001_network, .*run "lrt-server migrate" first/);
    await empty.drop();
  });
});
