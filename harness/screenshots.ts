import { mkdir, writeFile } from 'node:fs/promises';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import { serveHarness } from './serve.ts';

/** Takes the README's pictures: the running job with the monitor, its run as a page, and a planned network. `node harness/screenshots.ts` */
const folder = `${import.meta.dirname}/../docs/images`;
await mkdir(folder, { recursive: true });
const harness = await serveHarness();
const browser = await chromium.launch(chromiumLaunchOptions());
try {
  for (const theme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1080, height: 700 }, reducedMotion: 'reduce' });
    await page.goto(`${harness.url}?theme=${theme}&runSeconds=20`);
    await startJob(page);
    await takePicture(page, `${folder}/running-${theme}.webp`);
    await openRun(page);
    await takePicture(page, `${folder}/run-${theme}.webp`);
    await page.close();
    const other = await browser.newPage({ viewport: { width: 1080, height: 700 }, reducedMotion: 'reduce' });
    await other.goto(`${harness.url}?theme=${theme}`);
    await planTown(other);
    await takePicture(other, `${folder}/plan-${theme}.webp`);
    await other.close();
  }
} finally {
  await browser.close();
  await harness.close();
}

async function startJob(page: Page): Promise<void> {
  await page.getByText(/Addresses: [1-9]/).waitFor();
  await page.getByRole('combobox', { name: 'Select feature' }).fill('S-1001');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'S-1001' }).waitFor();
  const toolbar = page.getByRole('toolbar');
  await toolbar.getByRole('button', { name: /^Tasks/ }).click();
  await page.getByRole('button', { name: 'Hide panel' }).click();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await toolbar.getByRole('button', { name: 'Customer connections' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create connections' }).click();
  await page.mouse.move(400, 680);
  await page.waitForFunction(
    () => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) >= 55,
  );
}

async function openRun(page: Page): Promise<void> {
  const row = page.getByRole('grid').getByRole('row').first();
  await row.getByText('addresses connected').waitFor();
  await page.getByText('Ended a moment ago').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Customer connections' }).waitFor();
  // A watch stays open, so the network is never idle.
  await page.waitForTimeout(2_500);
}

async function planTown(page: Page): Promise<void> {
  await page.getByText(/Addresses: [1-9]/).waitFor();
  await page.getByRole('combobox', { name: 'Select feature' }).fill('FTTH-North');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'FTTH-North' }).waitFor();
  await page.getByRole('button', { name: 'Hide panel' }).click();
  await page.getByRole('toolbar').getByRole('button', { name: 'Plan an area' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Plan this area' }).click();
  await dialog.getByRole('heading', { name: /addresses served/ }).waitFor();
  await dialog.getByRole('button', { name: 'Zoom to result' }).click();
  await page.mouse.move(400, 680);
  // The map says nothing of when it has drawn what it zoomed to.
  await page.waitForTimeout(1_500);
}

/** WebP, which Playwright does not write: each picture stays below 100 kB, as they are in the package. */
async function takePicture(page: Page, path: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send('Page.captureScreenshot', { format: 'webp', quality: 30 });
  await writeFile(path, Buffer.from(data, 'base64'));
}
