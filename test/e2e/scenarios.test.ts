import { expect, it } from 'vitest';
import { create, drawn, withHarness } from './openHarness.ts';

const harness = withHarness();
/** Enough that every scenario strikes in the middle of a task; the main job of 2,000 is tested in mainJob.test.ts. */
const COUNT = 150;

/** Starts the main job under a scenario of the harness's switch; gives the dialog. */
async function createUnder(scenario: string, provoked?: number) {
  const query = `addresses=600&runSeconds=2&scenario=${scenario}`;
  const page = await harness.open({ query, ...(provoked && { provoked }) });
  const dialog = await create(page, COUNT);
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
  const { page, text } = await createUnder(scenario, provoked);
  await expect.poll(text, { timeout: 40_000 }).toContain(`${COUNT} addresses connected`);
  await expect.poll(() => drawn(page), { timeout: 20_000 }).toEqual({ committed: 2 * COUNT, uncommitted: 0 });
});

it.each([
  ['fail-at', /The task failed/, undefined],
  ['times-out', /The task failed/, undefined],
  ['rate-limited', /The task was not started/, 429],
  ['server-error-on-enqueue', /The task was not started/, 500],
  ['html-instead-of-stream', /out of sight/, undefined],
] as const)('%s: the user is told', async (scenario, words, provoked) => {
  const { text } = await createUnder(scenario, provoked);
  await expect.poll(text, { timeout: 40_000 }).toMatch(words);
});
