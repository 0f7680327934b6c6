import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
    expect(printed.at(-1)).toBe(
      'Imported 120 addresses, 3 poles and 2 streets, with design/Mill Road to plan in.',
    );
    // What was guessed is said before.
    expect(printed.join('\n')).toMatch(/addresses-2026.json: addresses, geojson\n.*EPSG:4326/);
    expect(printed.join('\n')).toContain('120 of 120 have a street name, 120 a number');
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
      { type: 'Feature' },
      position([0.12]),
      position([null, 52.2]),
      position([545_000.1, 258_000.2]),
      position([0.12, 252.2]),
      position('0.12,52.2'),
      { type: 'Feature', geometry: { type: '\u001b[2J', coordinates: [] }, properties: {} },
      { type: 'Feature', geometry: null, properties: {} },
    ];
    const mixed = addresses(1_000).flatMap((address, i) => [address, broken[i % broken.length]]);
    await write('addresses.geojson', mixed);
    await write('poles.geojson', poles(2));
    const report = join(folder, 'refused.jsonl');
    expect(await run(folder, '--report', report)).toBe(3);

    expect(count(await imported(), 'address')).toBe(1_000);
    const lines = (await readFile(report, 'utf8')).trimEnd().split('\n');
    const refused = lines.map((line): { file: string; feature: number; reason: string } => JSON.parse(line));
    expect(refused.map(({ feature }) => feature)).toEqual(Array.from({ length: 1_000 }, (_, i) => 2 * i + 2));
    for (const { file, reason } of refused) {
      expect(file).toBe('addresses.geojson');
      expect(reason).toMatch(/^\S.*; \S/s);
    }
    const told = printed.join('\n');
    expect(told).toContain('1,000 features were left out:');
    expect(told).toContain('addresses.geojson: feature 2 (from 1): is null');
    expect(told).toContain(`and 980 more; ${report} has them`);
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
      ['is neither JSON nor a table', 'nothing to see here', /address.json: .*; .*nothing was changed/],
      ['is not GeoJSON', '{"rows": []}', /address.json: /],
      ['is cut off as a zip', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]), /address.json: /],
      ['is empty', '', /address.json: is empty \(0 bytes\): .*nothing was changed/],
      ['has no addresses', [], /not one address to import|no features/],
      [
        'has only broken ones',
        [null, null],
        /not one of its 2 features can be used; feature 1 \(from 1\): is null/,
      ],
    ])('a file %s', async (_, content, message) => {
      await expect(run(...(await other(content)))).rejects.toThrow(message);
    });

    it('a file has too many columns, or no coordinate system', async () => {
      const columns = Array.from({ length: 10_000 }, (__, i) => `c${i}`);
      const wide = await write('wide.csv', `${columns.join()}\n${columns.fill('1').join()}\n`);
      await expect(run(wide, '--replace')).rejects.toThrow(/wide.csv: has 10000 columns in row 1, at most/);
      const metres = await write('metres.csv', 'X,Y,STREET\n545000,258000,Mill Road\n');
      await expect(run(metres, '--replace')).rejects.toThrow(
        /metres.csv: does not say in which coordinate system it is; give --crs 27700 \(OSGB36/,
      );
    });

    it('a Shapefile has no .dbf, or the layers lie apart', async () => {
      const shp = await write('houses.shp', Buffer.from('0000270a', 'hex'));
      await expect(run(shp, '--replace')).rejects.toThrow(/houses.shp holds 0/);
      const far = await write('far.geojson', [
        { ...point(0, {}), geometry: { type: 'Point', coordinates: [11.5, 48.1] } },
      ]);
      await expect(run(far, join(folder, 'poles.geojson'), '--replace')).rejects.toThrow(
        /layers of one and the same town/,
      );
    });

    it('it is stopped', async () => {
      const stopped = run(folder, '--replace');
      process.emit('SIGINT', 'SIGINT');
      await expect(stopped).rejects.toThrow('stopped; nothing was changed');
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
        [[folder, '--design', ' '], /--design: is not a name/],
        [[pole], /not one address to import/],
        [[join(folder, 'nowhere')], /nowhere: there is no such file or folder/],
        [[path, '--map', 'stret=x'], /--map stret=x: .*did you mean street/],
        [[path, '--map', 'street=street_nam'], /no column street_nam; did you mean street_name/],
        [[path, '--kind', 'houses'], /--kind houses: a layer holds addresses, poles/],
        [[path, '--kind', 'none'], /every layer is left out/],
        [[path, '--encoding', 'latin-0'], /there is no such encoding/],
        [[path, '--data', 'x', '--database', 'postgres://x/y'], /give one of them/],
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

  it('reads odd columns, another encoding and another coordinate system as it is told', async () => {
    const rows = ['HAUS;STRASSE;OST;NORD', '1;M\xfchlenweg;691600;5334760', '2;M\xfchlenweg;691700;5334760'];
    const houses = await write('haeuser.csv', Buffer.from(rows.join('\r\n'), 'latin1'));
    const map = 'haeuser.csv:street=STRASSE,number=HAUS,x=OST,y=NORD';
    expect(await run(houses, '--map', map, '--crs', '25832')).toBe(0);
    expect(printed[0]).toMatch(
      /haeuser.csv: addresses, csv\n {2}ETRS89.*EPSG:25832.*as you said\n {2}windows-1252, detected/,
    );
    const pool = openPool(database.databaseUrl);
    const [first] = await (await new PostgisStore({ pool }).begin().view()).table('address').recs();
    await pool.end();
    expect(first?.properties).toMatchObject({ street_name: 'Mühlenweg', street_number: '1' });
    expect(first?.geometry).toMatchObject({
      coordinates: [expect.closeTo(11.576, 2), expect.closeTo(48.137, 2)],
    });
  });

  it('looks only, with --check, and makes a file, with --data', async () => {
    await write('addresses.geojson', addresses(5));
    expect(await run(folder, '--check')).toBe(0);
    expect(printed.at(-1)).toMatch(/Nothing was stored/);
    expect(await imported()).toEqual([]);
    const data = join(folder, 'town.sqlite');
    expect(await importCommand([folder, '--data', data], {})).toBe(0);
    await expect(importCommand([folder, '--data', data], {})).rejects.toThrow(/is there already/);
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
      expect(printed.at(-2)).toBe('Merged: addresses: 10 added, 1 changed, 39 unchanged.');
      expect(printed.at(-1)).toMatch(/1 feature was left out:\n.*feature 51 \(from 1\): is null/);
      const ids = await imported();
      expect([count(ids, 'address'), count(ids, 'pole'), count(ids, 'street')]).toEqual([60, 2, 2]);

      const pool = openPool(database.databaseUrl);
      const view = await new PostgisStore({ pool }).begin().view('design/FTTH');
      expect(await view.table('pole').count()).toBe(3);
      expect((await view.table('address').get(11))?.properties).toMatchObject({ flats: 4 });
      await pool.end();
      await rm(file);
      expect(await run(folder, '--merge')).toBe(0);
      expect(printed.at(-1)).toBe(
        'Merged: addresses: 0 added, 0 changed, 50 unchanged; poles: 0 added, 0 changed, 2 unchanged; streets: 0 added, 0 changed, 2 unchanged.',
      );
    });

    it('changes nothing where a file cannot be used, lies elsewhere, or the key is wrong', async () => {
      const far = [{ ...point(0, {}), geometry: { type: 'Point', coordinates: [11.5, 48.1] } }];
      const elsewhere = await mkdtemp(join(tmpdir(), 'lrt-far-'));
      const file = join(elsewhere, 'address.json');
      await writeFile(file, JSON.stringify({ type: 'FeatureCollection', features: far }));
      await expect(run(file, '--merge')).rejects.toThrow(/one and the same town.*Nothing was changed/s);
      await rm(elsewhere, { recursive: true });
      await expect(run(folder, '--merge', '--key', 'nothing')).rejects.toThrow(
        /not one of its features can be merged; feature 1 \(from 1\): properties.nothing is missing/,
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
