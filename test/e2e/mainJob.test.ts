import { expect, test } from 'vitest';
import { bounds, drawn, openModal, status, withHarness } from './openHarness.ts';

const harness = withHarness();

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
  await expect.poll(async () => (await drawn(page)).uncommitted).toBeGreaterThan(early.uncommitted);

  await dialog.getByText('2,000 addresses connected', { exact: true }).waitFor();
  await expect.poll(() => drawn(page)).toEqual({ committed: 4000, uncommitted: 0 });
  for (const fact of ['Connections', 'New poles', 'Cables', 'Length of cable', 'Duration']) {
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
  const page = await harness.open({ query: 'runSeconds=60' });
  await openModal(page);
  await page.getByRole('button', { name: 'Create connections' }).click();
  await expect.poll(async () => (await drawn(page)).uncommitted, { timeout: 20_000 }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel task' }).click();
  await page.getByText('The task was cancelled').waitFor();
  await expect.poll(() => drawn(page)).toEqual({ committed: 0, uncommitted: 0 });
});

test('a task runs on while the modal is closed, and is there when it is opened again', async () => {
  const page = await harness.open({ query: 'runSeconds=6' });
  await openModal(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  await dialog.getByRole('progressbar').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await drawn(page)).committed, { timeout: 30_000 }).toBe(4000);
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  await dialog.getByText('2,000 addresses connected', { exact: true }).waitFor();
});

test('a task is found again after a reload, and ends', async () => {
  const page = await harness.open({ query: 'runSeconds=12' });
  await openModal(page);
  await page.getByRole('button', { name: 'Create connections' }).click();
  await expect.poll(async () => (await drawn(page)).uncommitted, { timeout: 20_000 }).toBeGreaterThan(100);
  await page.reload();
  await expect.poll(() => status(page), { timeout: 30_000 }).toContain('4,000');
  await expect.poll(async () => (await drawn(page)).uncommitted, { timeout: 20_000 }).toBeGreaterThan(0);
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  await page.getByRole('dialog').getByText('2,000 addresses connected', { exact: true }).waitFor();
  await expect.poll(() => drawn(page)).toEqual({ committed: 4000, uncommitted: 0 });
});

test('the same without a mouse', async () => {
  const page = await harness.open({ query: 'runSeconds=2' });
  const search = page.getByRole('combobox', { name: 'Select feature' });
  await search.focus();
  await page.keyboard.type('N-1001');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'N-1001' }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).focus();
  await page.keyboard.press('Enter');
  const create = page.getByRole('button', { name: 'Create connections' });
  await create.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('2,000 addresses connected', { exact: true }).waitFor();
});
