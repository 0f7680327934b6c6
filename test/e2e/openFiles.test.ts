import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { drawn, openModal, status, withHarness } from './openHarness.ts';

const harness = withHarness();
const SMALL = 'addresses=300';
const cambridge = `${import.meta.dirname}/../../../shared/data/cambridge`;

const point = (coordinates: unknown, properties = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates },
});
const file = (name: string, content: unknown) => ({
  name,
  mimeType: 'application/geo+json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
});
const layer = (name: string, ...features: unknown[]) => file(name, { type: 'FeatureCollection', features });
const addresses = layer(
  'addresses.geojson',
  point([11.57, 48.14], { street_number: '1', street_name: 'Tal' }),
);
const polesOf = (count: number) =>
  layer(
    'poles.geojson',
    ...Array.from({ length: count }, (_, i) => point([11.57 + i / 1000, 48.141], { name: `P-${i}` })),
  );
const poles = polesOf(4);

const open = (page: Page, ...files: ReturnType<typeof file>[]) =>
  page.locator('input[type=file]').setInputFiles(files);

/** The dialog has the focus on its button once all is known, so Enter takes the files over. */
async function takeOver(page: Page) {
  await expect
    .poll(() =>
      page.getByRole('button', { name: 'Take over' }).evaluate((it) => it === document.activeElement),
    )
    .toBe(true);
  await page.keyboard.press('Enter');
}

test('files replace the town, and the line below the map says what was opened', async () => {
  const page = await harness.open({ query: SMALL });
  await open(page, addresses, poles);
  await takeOver(page);
  await expect.poll(() => status(page)).toMatch(/Addresses: 1 · Poles: 4 · Streets: 0 · Designs: 4/);
});

const refused = [
  { files: [file('addresses.geojson', ''), poles], reason: /addresses.geojson: is empty \(0 bytes\)/ },
  {
    files: [addresses, layer('poles.geojson', point([2.35, 48.85], { name: 'P' }))],
    reason: /one and the same town/,
  },
];

test('files that cannot be used are refused with the reason, and change nothing', async () => {
  const page = await harness.open({ query: SMALL });
  const before = await status(page);
  const dialog = page.locator('.intake');
  for (const { files, reason } of refused) {
    await open(page, ...files);
    await dialog.getByText(reason).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await status(page)).toBe(before);
  }
});

test('a CSV file with odd columns is read as the user says, and the next one of its shape too', async () => {
  const page = await harness.open({ query: SMALL });
  const rows = (places: string[]) => ['LFD;WEG;NR;OST;NORD', ...places].join('\r\n');
  const csv = (name: string, text: string) => ({
    ...file(name, text),
    mimeType: 'text/csv',
    buffer: Buffer.from(text, 'latin1'),
  });
  await open(page, csv('bestand.csv', rows(['7;M\xfchle;1;691600;5334760', '8;M\xfchle;3;691650;5334760'])));
  const dialog = page.locator('.intake');
  await dialog.getByText('The file does not say in which coordinate system it is').waitFor();
  await dialog.getByRole('combobox', { name: 'Coordinate system' }).fill('25832');
  await page.keyboard.press('Enter');
  const choose = async (label: string, column: string) => {
    await dialog.getByRole('combobox', { name: label }).fill(column);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  };
  await choose('Street', 'WEG');
  await dialog.getByText('2 of 2 have a street name').waitFor();
  await dialog.getByRole('cell', { name: 'Mühle' }).first().waitFor();
  await dialog.getByRole('button', { name: 'Take over' }).click();
  await expect.poll(() => status(page)).toMatch(/Addresses: 2 · Poles: 1 · Streets: 0 · Designs: 1/);

  await open(page, csv('mehr.csv', rows(['9;Am Tor;5;691600;5334760'])));
  await dialog.getByText('As you read a file of this shape before').waitFor();
  await takeOver(page);
  await expect.poll(() => status(page)).toMatch(/Addresses: 1 · /);
});

/** Each drop brings another number of poles, so that it is seen to count. */
const places = [
  { count: 4, at: (page: Page) => page.getByRole('dialog') },
  { count: 3, at: (page: Page) => page.getByRole('complementary') },
  { count: 2, at: (page: Page) => page.getByRole('banner') },
  { count: 1, at: (page: Page) => page.getByTestId('map') },
];

test('files dropped on the dialog, the panel, the toolbar and the map replace the town, and the page stays', async () => {
  const page = await harness.open({ query: SMALL });
  await openModal(page);
  const address = page.url();
  for (const { count, at } of places) {
    const drag = await dragFiles(page, at(page), [addresses, polesOf(count)]);
    await page.getByText('Drop files here').waitFor();
    await drag('drop');
    await takeOver(page);
    await expect.poll(() => status(page)).toContain(`Poles: ${count}`);
    expect(page.url()).toBe(address);
    expect(await page.getByText('Drop files here').count()).toBe(0);
  }
});

test('files dragged over the page and away again leave no trace', async () => {
  const page = await harness.open({ query: SMALL });
  await dragFiles(page, page.getByTestId('map'), [addresses]);
  const hint = page.getByText('Drop files here');
  await hint.waitFor();
  // The protocol that drives Chromium reports a cancelled drag to no page, so the test sends the event itself.
  await page.getByTestId('map').dispatchEvent('dragleave', { relatedTarget: null });
  await hint.waitFor({ state: 'detached' });
});

/** Drags real files over the middle of an element, as the browser gets them from the desktop. */
async function dragFiles(page: Page, target: Locator, files: ReturnType<typeof file>[]) {
  const folder = await folderOf(files);
  return dragPaths(
    page,
    target,
    files.map(({ name }) => join(folder, name)),
  );
}

async function folderOf(files: ReturnType<typeof file>[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lrt-drop-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const { name, buffer } of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), buffer);
  }
  return folder;
}

async function dragPaths(page: Page, target: Locator, paths: string[]) {
  const box = await target.boundingBox();
  if (!box) throw new Error('The target of the drop is not visible');
  const cdp = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    cdp.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: paths, dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  await drag('dragOver');
  return drag;
}

test.runIf(existsSync(cambridge))('2,000 connections in the City of Cambridge', async () => {
  const page = await harness.open({ query: 'runSeconds=4' });
  const files = ['addresses', 'poles', 'streets'].map((name) => `${cambridge}/${name}.geojson`);
  await page.locator('input[type=file]').setInputFiles(files);
  await takeOver(page);
  await expect.poll(() => status(page), { timeout: 30_000 }).toContain('Addresses: 13,852 · Poles: 2,457');
  await openModal(page);
  await page.getByRole('button', { name: 'Create connections' }).click();
  await page.getByRole('dialog').getByText('2,000 addresses connected', { exact: true }).waitFor();
  await expect.poll(() => drawn(page), { timeout: 10_000 }).toEqual({ committed: 4000, uncommitted: 0 });
});

test('a folder that is dropped gives the files in it, and an empty one is said to be empty', async () => {
  const page = await harness.open({ query: SMALL });
  const map = page.getByTestId('map');
  await (await dragPaths(page, map, [await folderOf([])]))('drop');
  await page.locator('.intake').getByText('nothing in these files').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.intake').waitFor({ state: 'detached' });
  const folder = await folderOf([
    addresses,
    { ...poles, name: 'deeper/poles.geojson' },
    file('.DS_Store', '\0\0'),
  ]);
  await (await dragPaths(page, map, [folder]))('drop');
  await takeOver(page);
  await expect.poll(() => status(page)).toMatch(/Addresses: 1 · Poles: 4/);
});
