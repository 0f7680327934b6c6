import { expect, test } from 'vitest';
import { bounds, create, drawn, openModal, poleOf, status, withHarness } from './openHarness.ts';

const harness = withHarness();
/** The first test runs the main job in its size. A map of a small town is drawn sooner, and proves the same. */
const SMALL = 'addresses=600';
const COUNT = 150;

test('2,000 connections, from the click on a pole to the network on the map', async () => {
  const page = await harness.open({ query: 'runSeconds=6' });
  await openModal(page);
  const dialog = page.getByRole('dialog', { name: 'Customer connections' });
  await dialog.getByText(/fibre connection from a pole to each address/).waitFor();

  await dialog.getByRole('button', { name: 'Create connections' }).click();
  const progress = () => dialog.getByRole('progressbar').getAttribute('aria-valuenow').then(Number);
  await expect.poll(progress, { timeout: 20_000 }).toBeGreaterThan(5);
  const early = { percent: await progress(), ...(await drawn(page)) };
  expect(early.uncommitted).toBeGreaterThan(0);
  expect(early.committed).toBe(0);
  await expect.poll(progress, { timeout: 20_000 }).toBeGreaterThan(early.percent);
  // This user asks for less motion. A bar that moves would also keep a processor busy as long as the task runs.
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await expect.poll(async () => (await drawn(page)).uncommitted).toBeGreaterThan(early.uncommitted);

  await dialog.getByText('2,000 addresses connected', { exact: true }).waitFor({ timeout: 90_000 });
  await expect.poll(() => drawn(page)).toEqual({ committed: 4000, uncommitted: 0 });
  for (const fact of ['New poles', 'Cables', 'Length of cable', 'Duration']) {
    expect(await dialog.getByText(fact, { exact: true }).isVisible()).toBe(true);
  }

  const [westBefore = 0, , eastBefore = 0] = await bounds(page);
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Zoom in' }).click();
  const width = async () => {
    const [west = 0, , east = 0] = await bounds(page);
    return east - west;
  };
  await expect.poll(width).toBeLessThan((eastBefore - westBefore) / 6);
  await dialog.getByRole('button', { name: 'Zoom to result' }).click();
  await expect.poll(width).toBeGreaterThan((eastBefore - westBefore) / 2);
});

test('cancelling leaves nothing of the task on the map', async () => {
  const page = await harness.open({ query: `${SMALL}&runSeconds=60` });
  await create(page, COUNT);
  await expect.poll(async () => (await drawn(page)).uncommitted, { timeout: 20_000 }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel task' }).click();
  await page.getByText('Cancelled by you').waitFor();
  await expect.poll(() => drawn(page)).toEqual({ committed: 0, uncommitted: 0 });
});

test('a task runs on while the modal is closed, and is there when it is opened again', async () => {
  const page = await harness.open({ query: `${SMALL}&runSeconds=4` });
  const dialog = await create(page, COUNT);
  await dialog.getByRole('progressbar').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await drawn(page)).committed, { timeout: 30_000 }).toBe(2 * COUNT);
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Customer connections/ })
    .click();
  await dialog.getByText(`${COUNT} addresses connected`, { exact: true }).waitFor();
});

test('a task is found again after a reload, and ends', async () => {
  const page = await harness.open({ query: `${SMALL}&runSeconds=10` });
  await create(page, COUNT);
  await expect.poll(async () => (await drawn(page)).uncommitted, { timeout: 20_000 }).toBeGreaterThan(10);
  await page.reload();
  await expect.poll(() => status(page), { timeout: 30_000 }).toContain('Addresses: 600');
  await expect.poll(async () => (await drawn(page)).uncommitted, { timeout: 20_000 }).toBeGreaterThan(0);
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: /^Customer connections/ })
    .click();
  await page.getByRole('dialog').getByText(`${COUNT} addresses connected`, { exact: true }).waitFor();
  await expect.poll(() => drawn(page)).toEqual({ committed: 2 * COUNT, uncommitted: 0 });
});

test('the same without a mouse', async () => {
  const page = await harness.open({ query: `${SMALL}&runSeconds=1` });
  const { properties } = await poleOf(page, 'design/FTTH-North');
  const search = page.getByRole('combobox', { name: 'Select feature' });
  await search.focus();
  await page.keyboard.type(properties.name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: properties.name }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(String(COUNT));
  await page.keyboard.press('Enter');
  await dialog.getByText(`${COUNT} addresses connected`, { exact: true }).waitFor();
});
