import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LayerKind, TownFeature } from '../../../../../backend/network/townTypes.ts';
import { builtInTown } from '../../../../../server/src/builtInTown.ts';
import { readTown } from '../../../../../server/src/cli/import/readTown.ts';

const { addresses, poles, streets } = builtInTown();
const layers = {
  'addresses.geojson': JSON.stringify(addresses),
  'poles.geojson': JSON.stringify(poles),
  'streets.geojson': JSON.stringify(streets),
};

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'town-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function read(path: string) {
  const town = await readTown(path);
  const all = async (layer: LayerKind) => {
    const found: TownFeature[] = [];
    for await (const batch of town.read(layer)) found.push(...batch);
    return found;
  };
  const counts = [await all('addresses'), await all('poles'), await all('streets')].map(
    ({ length }) => length,
  );
  const [pole] = await all('designPoles');
  return { counts, designs: town.designs, pole };
}

test('a folder becomes a town, with a design around the addresses and a pole to start from', async () => {
  const { counts, designs, pole } = await read(
    await folderWith({ ...layers, 'notes.md': 'not of the town' }),
  );
  expect(counts).toEqual([24, 5, 1]);
  expect(designs.map(({ name }) => name)).toEqual(['FTTH']);
  expect(pole?.properties).toMatchObject({ design: 'FTTH' });
});

test('addresses are enough, in one file of another kind', async () => {
  const csv = 'street,number,lat,lon\nMain St,1,38.29,-122.27\nMain St,3,38.29,-122.28\n';
  const folder = await folderWith({ 'houses.csv': csv });
  expect((await read(join(folder, 'houses.csv'))).counts).toEqual([2, 0, 0]);
});

test('a town on the antimeridian has one design over it, and its pole is among the houses', async () => {
  const csv =
    'street,number,lat,lon\nVuna Rd,1,-16.8,179.9996\nVuna Rd,2,-16.8,-179.9996\nVuna Rd,3,-16.8,-179.9995\n';
  const { designs, pole } = await read(await folderWith({ 'taveuni.csv': csv }));
  const [ring = []] = designs[0]?.geometry.coordinates ?? [];
  const longitudes = ring.map(([longitude]) => longitude);
  expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeLessThan(0.01);
  expect(pole?.geometry).toMatchObject({ coordinates: [expect.closeTo(-179.9996, 6), -16.8] });
});

test.each([
  ['a folder that is not there', undefined, /no-town-here: there is no such file or folder; give files with/],
  ['a folder without a file', {}, /holds no file with addresses, poles or streets; put some there/],
  ['no addresses', { 'poles.geojson': layers['poles.geojson'] }, /not one address to import/],
  ['an empty file', { ...layers, 'poles.geojson': '' }, /poles\.geojson: is empty \(0 bytes\)/],
  ['no JSON', { 'addresses.geojson': '{"type":' }, /addresses\.geojson: /],
])('rejects %s, naming the file and the fix', async (_, files, message) => {
  const path = files ? await folderWith(files) : join(tmpdir(), 'no-town-here');
  await expect(readTown(path)).rejects.toThrow(message);
});
