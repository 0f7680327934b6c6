import { expect, it } from 'vitest';
import { generateTown } from '../../mocks/town/generateTown.ts';
import { createFromSelected, drawn, withHarness } from './openHarness.ts';

const harness = withHarness();
/** Enough that a scenario strikes in the middle of a task. mainJob.test.ts tests the main job of 2,000. */
const COUNT = 150;
const ADDRESSES = 1_600;
/** A pole of the first design. The page makes the same town, and a request for it would meet the scenario. */
const POLE = String(generateTown({ addresses: ADDRESSES }).designPoles?.features[0]?.properties.name);

/** Starts the main job under a scenario of the harness's switch; gives the dialog. */
async function create(scenario: string, provoked?: number, count = COUNT) {
  const query = `addresses=${ADDRESSES}&runSeconds=2&scenario=${scenario}`;
  const page = await harness.open({ query, ...(provoked && { provoked }) });
  await page.getByRole('combobox', { name: 'Select feature' }).fill(POLE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: POLE }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  const dialog = await createFromSelected(page, count);
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
  await expect.poll(text, { timeout: 40_000 }).toContain(`${COUNT} addresses connected`);
  await expect.poll(() => drawn(page), { timeout: 20_000 }).toEqual({ committed: 2 * COUNT, uncommitted: 0 });
});

it.each([
  // It fails at 500 connections.
  ['fail-at', /The task failed/, undefined, 600],
  ['times-out', /The task failed/, undefined, COUNT],
  ['rate-limited', /The task was not started/, 429, COUNT],
  ['server-error-on-enqueue', /The task was not started/, 500, COUNT],
  ['html-instead-of-stream', /out of sight/, undefined, COUNT],
] as const)('%s: the dialog says it', async (scenario, words, provoked, count) => {
  const { text } = await create(scenario, provoked, count);
  await expect.poll(text, { timeout: 40_000 }).toMatch(words);
});
