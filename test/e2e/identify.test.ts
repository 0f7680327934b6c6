import { expect, test } from 'vitest';
import { clickOnMap, withHarness } from './openHarness.ts';

const harness = withHarness();

/** Plans a small design, and returns where the wall box of a customer is. */
async function plan(page: Awaited<ReturnType<typeof harness.open>>): Promise<[number, number]> {
  const place = await page.evaluate(async () => {
    const json = async (path: string, init?: RequestInit) => (await fetch(`/lrt${path}`, init)).json();
    const params = { design: 'design/FTTH-North' };
    let task = await json('/tasks', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'plan_area_task', params }),
    });
    while (task.status === 'queued' || task.status === 'running')
      task = await json(`/tasks/${task.id}?wait=5`);
    const boxes = await json(`/features?tables=wall_box&limit=1&design=${encodeURIComponent(params.design)}`);
    return boxes.features[0].geometry.coordinates;
  });
  await page.reload();
  await page.locator('.host-status[data-loaded]').waitFor({ timeout: 30_000 });
  return place;
}

test('a customer’s line is listed to the feed; the table selects what the map shows, and sorting keeps it', async () => {
  const page = await harness.open({ query: 'addresses=600&runSeconds=0&lang=de' });
  await clickOnMap(page, await plan(page));
  const line = page.getByRole('region', { name: /^Leitung zur Einspeisung/ });
  await line.getByRole('button', { name: /-T\d/ }).waitFor();
  await expect.poll(() => line.getByRole('listitem').last().textContent()).toContain('Einspeisung');

  await page.getByRole('button', { name: 'Tabelle der Objekte' }).click();
  const grid = page.getByRole('grid', { name: 'Objekte im Ausschnitt' });
  const chosen = grid.locator('[aria-selected="true"]');
  await expect.poll(() => chosen.textContent()).toContain('Wandbox');
  const before = await chosen.textContent();
  await grid.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect.poll(() => chosen.textContent()).toBe(before);

  await page.getByRole('combobox', { name: 'Tabelle' }).selectOption({ label: 'Splitter' });
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const ports = page.getByRole('region', { name: /^Ports/ });
  await ports.getByText('Ausgang 1', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Ebenen' }).click();
  await page.getByRole('checkbox', { name: 'Technik' }).uncheck();
  await expect.poll(() => grid.getByRole('row').count()).toBe(1);
  await page.reload();
  await page.getByRole('button', { name: 'Ebenen' }).click();
  expect(await page.getByRole('checkbox', { name: 'Technik' }).isChecked()).toBe(false);
});

test('with the keyboard, Enter selects what is in the middle of the map, and Escape nothing', async () => {
  const page = await harness.open({ query: 'addresses=200' });
  await page.getByRole('combobox', { name: 'Select feature' }).fill('N-1001');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: 'N-1001' });
  await heading.waitFor();
  await page.getByTestId('map').focus();
  await page.keyboard.press('Escape');
  await heading.waitFor({ state: 'hidden' });
  await page.keyboard.press('Enter');
  await heading.waitFor();
  const said = page.locator('.map-keys').getByRole('status');
  await expect.poll(() => said.textContent()).toMatch(/^N-1001 · Pole/);
  // The design lies there too. It is the next feature, and what comes after the last one is the first again.
  await page.keyboard.press(' ');
  await expect.poll(() => said.textContent()).toMatch(/2 of \d+$/);
});
