import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';

interface OpenOptions {
  /** Of the page's address: 'runSeconds=4&lang=de'. */
  query?: string;
  /** Of an answer that the test provokes; Chromium writes each such answer to the console. */
  provoked?: number;
  width?: number;
  height?: number;
  /** Device pixels for each CSS pixel; default 1. */
  deviceScaleFactor?: number;
  /** Whether the device has a touch screen. */
  hasTouch?: boolean;
  /** Whether the user wants less motion; default 'reduce', which saves the tests time. */
  reducedMotion?: 'reduce' | 'no-preference';
}

/**
 * One browser for the tests of a file; call it at the top of the file. `pageUrl`: another page than that on a mock
 * backend; asked when a test opens it.
 */
export function withHarness(pageUrl = () => inject('harnessUrl')): {
  open(options?: OpenOptions): Promise<Page>;
} {
  let browser: Browser;
  /** Pages that no test uses now, by the options of the device. A used page opens the harness in half the time. */
  const idle = new Map<string, Page[]>();
  beforeAll(async () => {
    browser = await chromium.launch(chromiumLaunchOptions());
  });
  afterAll(async () => {
    await browser?.close();
  });
  /** A page for one test, without listeners of an earlier one. */
  async function takePage(options: BrowserContextOptions): Promise<Page> {
    const key = JSON.stringify(options);
    const pages = idle.get(key) ?? [];
    idle.set(key, pages);
    const page = pages.pop() ?? (await (await browser.newContext(options)).newPage());
    onTestFinished(async () => {
      page.removeAllListeners();
      page.context().removeAllListeners();
      await page.goto('about:blank');
      pages.push(page);
    });
    return page;
  }
  return {
    /** A page of a user who was never here. The test fails on any error in its console and any call to elsewhere. */
    async open({ query = '', provoked, width = 1280, height = 800, ...device } = {}) {
      const url = pageUrl();
      const { origin } = new URL(url);
      const page = await takePage({ viewport: { width, height }, reducedMotion: 'reduce', ...device });
      await forgetVisits(page, origin);
      await page.setViewportSize({ width, height });
      const problems: string[] = [];
      page.on('console', (message) => {
        if (provoked && message.text().includes(`status of ${provoked} `)) return;
        if (['error', 'warning'].includes(message.type())) problems.push(message.text());
      });
      page.on('pageerror', (error) => problems.push(error.message));
      page.context().on('request', (request) => {
        const { protocol, origin: called } = new URL(request.url());
        if (/^https?:|^wss?:/.test(protocol) && called !== origin) problems.push(request.url());
      });
      // As one text, so that a report with one line of a failure names the problem.
      onTestFinished(() => expect(problems.join('\n')).toBe(''));
      await page.goto(`${url}?${query}`);
      await page.locator('.host-status[data-loaded]').waitFor({ timeout: 30_000 });
      return page;
    },
  };
}

/** Removes all that the origin's pages have stored, except the service worker and the cache of files. */
async function forgetVisits(page: Page, origin: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'cookies,local_storage,indexeddb' });
  await cdp.detach();
}

/** The text below the map. */
export const status = (page: Page): Promise<string> =>
  page.locator('.host-status').textContent().then(String);

/** How much the map draws that is stored, and that is not. */
export async function drawn(page: Page): Promise<{ committed: number; uncommitted: number }> {
  const { committed, uncommitted } = await mapData(page);
  return { committed: Number(committed), uncommitted: Number(uncommitted) };
}

/** West, south, east, north of what the map shows. */
export async function bounds(page: Page): Promise<number[]> {
  return ((await mapData(page)).bounds ?? '').split(',').map(Number);
}

const mapData = (page: Page): Promise<Record<string, string | undefined>> =>
  page.getByTestId('map').evaluate((element) => ({ ...(element as HTMLElement).dataset }));

interface FoundPole {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: { name: string; design: string | null };
}

/** A pole of the design, as the backend stores it. */
export async function poleOf(page: Page, design: string): Promise<FoundPole> {
  const pole = await page.evaluate(async (name) => {
    const base = location.pathname.endsWith('server.html') ? '' : '/lrt';
    const answer = await fetch(`${base}/features?tables=pole&limit=50000&design=${encodeURIComponent(name)}`);
    const { features }: { features: FoundPole[] } = await answer.json();
    return features.find(({ properties }) => properties.design === name);
  }, design);
  if (!pole) throw new Error(`${design} has no pole`);
  return pole;
}

/** Where on the page the map shows the place, in CSS pixels. */
export async function placeOf(
  page: Page,
  [longitude, latitude]: [number, number],
): Promise<{ x: number; y: number }> {
  const mercator = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360));
  const [west = 0, south = 0, east = 0, north = 0] = await bounds(page);
  const box = await page.getByTestId('map').boundingBox();
  if (!box) throw new Error('The map is not visible');
  const x = ((longitude - west) / (east - west)) * box.width;
  const y = ((mercator(north) - mercator(latitude)) / (mercator(north) - mercator(south))) * box.height;
  return { x: box.x + x, y: box.y + y };
}

/** Clicks where the map shows the place. */
export async function clickOnMap(page: Page, place: [number, number]): Promise<void> {
  const { x, y } = await placeOf(page, place);
  await page.mouse.click(x, y);
}

/** Selects a pole of a design on the map, and opens the modal by the toolbar. */
export async function openModal(page: Page, design = 'design/FTTH-North'): Promise<void> {
  const pole = await poleOf(page, design);
  await clickOnMap(page, pole.geometry.coordinates);
  await page.getByRole('heading', { name: pole.properties.name }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  await page.getByRole('dialog').waitFor();
}

/** Has so many addresses connected to a pole of the design, as a user with a mouse does. Gives the dialog. */
export async function create(page: Page, count: number, design?: string): Promise<Locator> {
  await openModal(page, design);
  return createFromSelected(page, count);
}

/** Has so many addresses connected to the selected pole, in the open dialog. Gives the dialog. */
export async function createFromSelected(page: Page, count: number): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name: 'Customer connections' });
  await dialog.getByRole('textbox', { name: 'Connections' }).fill(String(count));
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  return dialog;
}
