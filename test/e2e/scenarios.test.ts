import { expect, it } from 'vitest';
import { generateTown } from '../../mocks/town/generateTown.ts';
import { createFromSelected, drawn, withHarness } from './openHarness.ts';

const harness = withHarness();
/** Enough that a scenario strikes in the middle of a task. mainJob.test.ts tests the main job of 2,000. */
const COUNT = 150;
const ADDRESSES = 1_600;
/** A pole of the first design. The page makes the same town, and a request for it would meet the scenario. */
const POLE = String(generateTown({ addresses: ADDRESSES }).designPoles?.features[0]?.properties.name);

/** Starts the main job under a scenario of the harness's switch; gives the dialog. test/component has every scenario. */
async function create(scenario: string, provoked?: number) {
  const query = `addresses=${ADDRESSES}&runSeconds=2&scenario=${scenario}`;
  const page = await harness.open({ query, ...(provoked && { provoked }) });
  await page.getByRole('combobox', { name: 'Select feature' }).fill(POLE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: POLE }).waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Customer connections' }).click();
  const dialog = await createFromSelected(page, COUNT);
  return { page, text: () => dialog.innerText() };
}

it.each([
  ['stream-cut-reset', undefined],
  ['unauthorized-then-refresh', 401],
] as const)('%s: the user sees the job succeed, and all of it on the map', async (scenario, provoked) => {
  const { page, text } = await create(scenario, provoked);
  await expect.poll(text, { timeout: 40_000 }).toContain(`${COUNT} addresses connected`);
  await expect.poll(() => drawn(page), { timeout: 20_000 }).toEqual({ committed: 2 * COUNT, uncommitted: 0 });
});

it('html-instead-of-stream: the dialog says it', async () => {
  const { text } = await create('html-instead-of-stream');
  await expect.poll(text, { timeout: 40_000 }).toMatch(/out of sight/);
});
