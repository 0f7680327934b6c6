import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { type OverlayColours, overlayColours } from '../../src/maps/base/overlayColours.ts';
import { coloured } from './pixels.ts';
import { serveExample } from './serveExample.ts';

/**
 * Chromium's notes on reading pictures back: from WebGL without a graphics card, which the screenshots do, and by
 * OpenLayers, which measures once what is faster.
 */
const KNOWN = /GPU stall due to ReadPixels|willReadFrequently/;
/** Enough to see, and little enough for a map that is drawn without a graphics card. */
const COUNT = 150;

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch(chromiumLaunchOptions());
});
afterAll(() => browser?.close());

describe.each(['openlayers', 'maplibre'])('examples/%s', (name) => {
  let example: Awaited<ReturnType<typeof serveExample>>;
  beforeAll(async () => {
    example = await serveExample(name);
  });
  afterAll(() => example?.close());

  /**
   * Fails the test on anything in the console and any call to elsewhere. The task takes `runSeconds`: long enough for a
   * busy machine to see the map before the task ends.
   */
  async function open(colorScheme: 'light' | 'dark', runSeconds = 15): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 640, height: 520 },
      reducedMotion: 'reduce',
      colorScheme,
    });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (KNOWN.test(message.text())) return;
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^https?:|^wss?:/.test(protocol) && origin !== new URL(example.url).origin)
        problems.push(request.url());
    });
    onTestFinished(async () => {
      await context.close();
      expect(problems).toEqual([]);
    });
    await page.goto(`${example.url}?runSeconds=${runSeconds}`);
    return page;
  }

  async function start(
    page: Page,
    colours: OverlayColours,
    count: number,
  ): Promise<{ pending: number; settled: number }> {
    const pole = async () => (await coloured(page, colours)).settled.spot;
    await expect.poll(pole, patience).toBeDefined();
    const spot = await pole();
    if (!spot) throw new Error('no pole');
    await page.mouse.click(spot.x, spot.y);
    await expect
      .poll(() => page.locator('header [role=status]').textContent(), patience)
      .toMatch(/^[NS]-\d+/);
    const before = await drawn(page, colours);
    await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(String(count));
    await page.getByRole('dialog').getByRole('button', { name: 'Create connections' }).click();
    return before;
  }

  test('from the pole to the network on the map and to the list of tasks, light', async () => {
    const colours = overlayColours.light;
    const page = await open('light', 8);
    const before = await start(page, colours, COUNT);
    const now = () => drawn(page, colours);
    await expect.poll(async () => (await now()).pending, patience).toBeGreaterThan(before.pending + 50);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: `${COUNT} addresses connected` }).waitFor(patience);
    // Its buttons are blue too.
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(async () => (await now()).pending, patience).toBeLessThan(before.pending + 20);
    await expect.poll(async () => (await now()).settled, patience).toBeGreaterThan(before.settled + COUNT);
    await page.getByRole('toolbar').getByRole('button', { name: 'Tasks' }).click();
    await page
      .getByRole('dialog', { name: 'Tasks' })
      .getByText(`${COUNT} addresses connected`)
      .waitFor(patience);
  });

  test('cancelling leaves nothing of the task on the map, dark', async () => {
    const page = await open('dark', 60);
    const before = await start(page, overlayColours.dark, 1000);
    const pending = async () => (await drawn(page, overlayColours.dark)).pending;
    await expect.poll(pending, patience).toBeGreaterThan(before.pending + 50);
    // By key: a click waits for frames, of which software drawing a map has few.
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel task' }).press('Enter');
    await page.getByText(/^(Cancelled by \w+|The task was cancelled)$/).waitFor(patience);
    await expect.poll(pending, patience).toBeLessThan(before.pending + 20);
  });
});

/** The interval leaves the map time to draw: each look is a screenshot of the page. */
const patience = { timeout: 60_000, interval: 600 };

/** Pixels in the colours of what is not stored and of what is. */
async function drawn(page: Page, colours: OverlayColours) {
  const { pending, settled } = await coloured(page, colours);
  return { pending: pending.count, settled: settled.count };
}
