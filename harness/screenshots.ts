import { mkdir, writeFile } from 'node:fs/promises';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../scripts/chromium.mjs';
import { serveHarness } from './serve.ts';

/** Takes the README's pictures of the running job: `node harness/screenshots.ts`. */
const folder = `${import.meta.dirname}/../docs/images`;
await mkdir(folder, { recursive: true });
const harness = await serveHarness();
const browser = await chromium.launch(chromiumLaunchOptions());
try {
  for (const theme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1080, height: 700 }, reducedMotion: 'reduce' });
    await page.goto(`${harness.url}?theme=${theme}&runSeconds=20`);
    await takePicture(page, `${folder}/running-${theme}.webp`);
    await page.close();
  }
} finally {
  await browser.close();
  await harness.close();
}

async function takePicture(page: Page, path: string): Promise<void> {
  await page.getByText(/Addresses: [1-9]/).waitFor();
  await page.getByRole('combobox', { name: 'Select feature' }).fill('S-1001');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'S-1001' }).waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  // The town to the left, and the modal to the right of it.
  await page.getByTestId('map').press('ArrowRight');
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  await page.mouse.move(400, 680);
  await page.waitForFunction(
    () => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) >= 55,
  );
  // WebP, which Playwright does not write: each picture stays below 100 kB, as they are in the package.
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send('Page.captureScreenshot', { format: 'webp', quality: 30 });
  await writeFile(path, Buffer.from(data, 'base64'));
}
