import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { bounds, clickOnMap, placeOf, poleOf, withHarness } from './openHarness.ts';

/** The map as its user meets it: each test acts on a fresh page with real input, and nothing was focused before. */
const harness = withHarness();
const SMALL = 'addresses=300';

/** A map that is drawn without a graphics card, beside other tests, takes its time. */
const soon = <Value>(get: () => Promise<Value>) => expect.poll(get, { timeout: 30_000 });

const canvas = (page: Page) => page.getByTestId('map');

async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('The map is not visible');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function view(page: Page): Promise<{ west: number; south: number; width: number }> {
  const [west = 0, south = 0, east = 0] = await bounds(page);
  return { west, south, width: east - west };
}

test('the first drag moves the map', async () => {
  const page = await harness.open({ query: SMALL });
  const before = await view(page);
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 200, y + 100, { steps: 5 });
  await page.mouse.up();
  await soon(async () => (await view(page)).west).toBeLessThan(before.west - before.width / 10);
  expect((await view(page)).south).toBeGreaterThan(before.south);
  expect((await view(page)).width).toBeCloseTo(before.width, 6);
});

test('the first turn of the mouse wheel zooms at the pointer', async () => {
  const page = await harness.open({ query: SMALL });
  const before = await view(page);
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -300);
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width / 2, 6);
  await page.mouse.wheel(0, 300);
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width, 6);
});

test('keys pan and zoom the map where it has the focus, and only there', async () => {
  const page = await harness.open({ query: SMALL });
  const before = await view(page);
  await page.getByRole('button', { name: 'Show everything' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('+');
  expect(await view(page)).toEqual(before);
  await canvas(page).focus();
  await page.keyboard.press('ArrowLeft');
  await soon(async () => (await view(page)).west).toBeLessThan(before.west);
  await page.keyboard.press('+');
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width / 2, 5);
  await page.keyboard.press('-');
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width, 5);
});

test('a finger drags the map, two fingers zoom it, a tap selects', async () => {
  const page = await harness.open({ query: SMALL, hasTouch: true });
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [x: number, y: number][]) =>
    cdp.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  const { x, y } = await middle(page);
  const before = await view(page);
  await touch('touchStart', [x, y]);
  for (const part of [50, 100, 150]) await touch('touchMove', [x + part, y]);
  await touch('touchEnd');
  await soon(async () => (await view(page)).west).toBeLessThan(before.west - before.width / 20);
  expect((await view(page)).width).toBeCloseTo(before.width, 6);

  await touch('touchStart', [x - 50, y], [x + 50, y]);
  for (const part of [75, 100, 150]) await touch('touchMove', [x - part, y], [x + part, y]);
  await touch('touchEnd');
  await soon(async () => (await view(page)).width).toBeLessThan(before.width / 2);

  await page.getByRole('button', { name: 'Show everything' }).tap();
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width, 6);
  const pole = await poleOf(page, 'design/FTTH-North');
  const at = await placeOf(page, pole.geometry.coordinates);
  // A finger is less exact than a mouse.
  await page.touchscreen.tap(at.x + 11, at.y);
  await page.getByRole('heading', { name: pole.properties.name }).waitFor();
});

test('the buttons zoom about the middle of the map', async () => {
  const page = await harness.open({ query: SMALL, reducedMotion: 'no-preference' });
  const before = await view(page);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width / 2, 6);
  expect((await view(page)).west).toBeCloseTo(before.west + before.width / 4, 6);
  // Each click counts, also one that comes while the map still moves.
  await page.getByRole('button', { name: 'Zoom out' }).dblclick();
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width * 2, 6);
});

test('a double-click zooms and selects nothing; a click selects and does not zoom', async () => {
  const page = await harness.open({ query: SMALL });
  const before = await view(page);
  const pole = await poleOf(page, 'design/FTTH-North');
  const at = await placeOf(page, pole.geometry.coordinates);
  await page.mouse.dblclick(at.x, at.y);
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width / 2, 6);
  await page.getByRole('button', { name: 'Show everything' }).click();
  await soon(async () => (await view(page)).width).toBeCloseTo(before.width, 6);
  expect(await page.getByRole('heading', { name: pole.properties.name }).count()).toBe(0);
  await clickOnMap(page, pole.geometry.coordinates);
  await page.getByRole('heading', { name: pole.properties.name }).waitFor();
  expect(await view(page)).toEqual(before);
});

test('the map follows the size of its window, and what is clicked is what is seen', async () => {
  const page = await harness.open({ query: SMALL, deviceScaleFactor: 2 });
  const before = await view(page);
  await page.setViewportSize({ width: 900, height: 700 });
  await soon(async () => (await view(page)).width).toBeCloseTo((before.width * 620) / 1000, 6);
  const { canvasWidth, shownWidth } = await canvas(page).evaluate((element) => {
    const layers = [...element.querySelectorAll<HTMLCanvasElement>('.ol-layer canvas')];
    return {
      canvasWidth: Math.max(...layers.map(({ width }) => width)),
      shownWidth: element.getBoundingClientRect().width,
    };
  });
  expect(canvasWidth).toBe(2 * shownWidth);
  const pole = await poleOf(page, 'design/FTTH-North');
  await clickOnMap(page, pole.geometry.coordinates);
  await page.getByRole('heading', { name: pole.properties.name }).waitFor();
  // The panel beside the map is hidden: the map gets its place, and the window stays as it is.
  await page.getByRole('button', { name: 'Hide panel' }).click();
  await soon(async () => (await canvas(page).boundingBox())?.width).toBe(900);
  const drawnWidth = () =>
    canvas(page).evaluate((element) =>
      Math.max(
        ...[...element.querySelectorAll<HTMLCanvasElement>('.ol-layer canvas')].map(({ width }) => width),
      ),
    );
  await soon(drawnWidth).toBe(2 * 900);
});

test('names on the map are the same in a page that is read from right to left', async () => {
  const pictures = await Promise.all(
    ['en', 'ar'].map(async (lang) => {
      const page = await harness.open({ query: `${SMALL}&lang=${lang}` });
      const zoomIn = page.getByRole('button', { name: lang === 'ar' ? 'تكبير' : 'Zoom in' });
      const { width } = await view(page);
      await zoomIn.click();
      await soon(async () => (await view(page)).width).toBeCloseTo(width / 2, 6);
      return stillPicture(page);
    }),
  );
  expect(pictures[0]).toMatch(/^data:image/);
  expect(pictures[1] === pictures[0]).toBe(true);
});

/** What all canvases of the map show, as a data URL, once two pictures in a row are the same. */
async function stillPicture(page: Page): Promise<string> {
  const picture = () =>
    canvas(page).evaluate((element) => {
      const whole = document.createElement('canvas');
      Object.assign(whole, { width: element.clientWidth, height: element.clientHeight });
      for (const layer of element.querySelectorAll<HTMLCanvasElement>('.ol-layer canvas')) {
        if (layer.width > 0) whole.getContext('2d')?.drawImage(layer, 0, 0);
      }
      return whole.toDataURL();
    });
  let last = await picture();
  await expect
    .poll(async () => {
      const before = last;
      last = await picture();
      return last === before;
    }, STILL)
    .toBe(true);
  return last;
}

/** A picture that does not change for so long is taken for the last one. */
const STILL = { interval: 300, timeout: 10_000 };
