// Tests the plan of an area that a user draws on the map, from the toolbar's button to the bill.
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { clickOnMap, drawn, poleOf, withHarness } from './openHarness.ts';

const harness = withHarness();

test('a user draws an area with the mouse, has it planned, and sees what it needs', async () => {
  const page = await harness.open({ query: 'runSeconds=1&addresses=200' });
  const pole = await poleOf(page, 'design/FTTH-North');
  await clickOnMap(page, pole.geometry.coordinates);
  await page.getByRole('heading', { name: pole.properties.name }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Plan an area' }).click();
  const dialog = page.getByRole('dialog', { name: 'Plan an area' });
  await dialog.getByLabel('Area', { exact: true }).selectOption('drawn');
  const start = dialog.getByRole('button', { name: 'Plan this area' });
  expect(await start.isEnabled()).toBe(false);
  await dialog.getByRole('button', { name: 'Draw', exact: true }).click();

  const map = await page.getByTestId('map').boundingBox();
  if (!map) throw new Error('The map is not visible');
  const at = (x: number, y: number) => [map.x + x * map.width, map.y + y * map.height] as const;
  await page.mouse.click(...at(0.15, 0.1));
  await page.mouse.click(...at(0.68, 0.1));
  await page.mouse.click(...at(0.68, 0.9));
  await dialog.getByText('3 corners').waitFor();
  await page.mouse.dblclick(...at(0.15, 0.9));
  await dialog.getByText('4 corners').waitFor();
  // The clicks were the drawing's: the pole is still selected.
  expect(await page.getByRole('heading', { name: pole.properties.name }).isVisible()).toBe(true);
  expect(await page.locator('.lrt-sketches path').count()).toBeGreaterThan(0);

  // What the preview says stands in view, above the buttons that stick to the dialog's lower edge.
  const preview = dialog.getByRole('button', { name: 'Preview' });
  await preview.click();
  const heading = dialog.getByText('Preview: nothing is built yet');
  await heading.waitFor({ timeout: 30_000 });
  const [words, buttons] = [await heading.boundingBox(), await preview.boundingBox()];
  expect(words?.y).toBeLessThan((buttons?.y ?? 0) - (words?.height ?? 0));
  await page.locator('.map-legend').getByText('Preview', { exact: true }).waitFor();
  // So does every field that Tab comes to.
  await dialog.getByLabel('Area', { exact: true }).focus();
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press('Tab');
    const isSeen = await page.evaluate(() => {
      const {
        left = 0,
        top = 0,
        width = 0,
        height = 0,
      } = document.activeElement?.getBoundingClientRect() ?? {};
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      return seen !== null && document.activeElement?.contains(seen);
    });
    expect(isSeen, `stop ${stop}`).toBe(true);
  }

  await start.click();
  await dialog.getByRole('heading', { name: /addresses served/ }).waitFor({ timeout: 30_000 });
  expect(await page.locator('.lrt-sketches').count()).toBe(0);
  await dialog.getByRole('row', { name: /^Drop cable/ }).waitFor();
  await expect.poll(async () => (await drawn(page)).committed).toBeGreaterThan(50);

  // The result as a table: a row selects on the map, a click on the map selects a row, and a reload finds the table again.
  await dialog.getByRole('button', { name: 'Show as table' }).click();
  const table = page.getByRole('region', { name: 'Result of the run' });
  const grid = table.getByRole('grid');
  await table.getByRole('combobox', { name: 'Table' }).selectOption({ label: 'Address' });
  await grid
    .getByRole('gridcell', { name: /^At: .* · Splitter: .* · Drop: .* m · Loss: .* dB$/ })
    .first()
    .waitFor();
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const chosen = grid.locator('[aria-selected="true"]');
  const name = await chosen.getByRole('gridcell').nth(1).textContent();
  await page.getByRole('region', { name: /^Line to the feed/ }).waitFor();
  await clickOnMap(page, pole.geometry.coordinates);
  await expect.poll(() => chosen.count()).toBe(0);
  await table.getByRole('combobox', { name: 'Table' }).selectOption({ label: 'Wall box' });
  await clickOnMap(page, await placeOfWallBox(page));
  await expect.poll(() => chosen.textContent()).toContain('Wall box');
  await page.reload();
  await table.getByRole('searchbox', { name: 'Name or text' }).fill(name ?? '');
  await expect.poll(() => grid.getByRole('row').count()).toBeGreaterThan(1);
  await table.getByRole('button', { name: 'Download' }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Plan an area' }).click();

  // The dialog of connections takes the place of this one, and back.
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  await page.getByRole('dialog', { name: 'Customer connections' }).waitFor();
  expect(await dialog.isVisible()).toBe(false);
});

function placeOfWallBox(page: Page): Promise<[number, number]> {
  return page.evaluate(async () => {
    const answer = await fetch('/lrt/features?tables=wall_box&limit=1&design=design%2FFTTH-North');
    return (await answer.json()).features[0].geometry.coordinates;
  });
}
