import { expect, it } from 'vitest';
import { drawn, withHarness } from './openHarness.ts';

const harness = withHarness();

/** Starts the main job under a scenario of the harness's switch; gives the dialog. */
async function create(scenario: string, provoked?: number, runSeconds = 3) {
  const query = `runSeconds=${runSeconds}&scenario=${scenario}`;
  const page = await harness.open({ query, ...(provoked && { provoked }) });
  await page.getByRole('combobox', { name: 'Select feature' }).fill('S-1001');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'S-1001' }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create connections' }).click();
  return { page, text: () => dialog.innerText() };
}

it.each([
  ['latency', undefined],
  ['stream-cut-reset', undefined],
  ['stream-cut-eof', undefined],
  ['duplicates', undefined],
  ['out-of-order', undefined],
  ['lost-cursor', undefined],
  ['unauthorized-then-refresh', 401],
] as const)('%s: the user sees the job succeed, and all of it on the map', async (scenario, provoked) => {
  const { page, text } = await create(scenario, provoked);
  await expect.poll(text, { timeout: 40_000 }).toContain('2,000 addresses connected');
  await expect.poll(() => drawn(page), { timeout: 20_000 }).toEqual({ committed: 4_000, uncommitted: 0 });
});

it.each([
  ['fail-at', /The task failed/, undefined, 3],
  ['times-out', /The task failed/, undefined, 20],
  ['rate-limited', /The task was not started/, 429, 3],
  ['server-error-on-enqueue', /The task was not started/, 500, 3],
  ['html-instead-of-stream', /out of sight/, undefined, 3],
] as const)('%s: the user is told', async (scenario, words, provoked, runSeconds) => {
  const { text } = await create(scenario, provoked, runSeconds);
  await expect.poll(text, { timeout: 40_000 }).toMatch(words);
});
