import { createTaskClient } from 'lrt-plugin/client';
import { createMockBackend, failAt, generateTown } from 'lrt-plugin/mocks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { placeClosures } from '../task/placeClosures.ts';

const design = 'design/FTTH-North';
const town = generateTown({ addresses: 400 });
let mock: Awaited<ReturnType<typeof createMockBackend>>;

beforeEach(async () => {
  mock = await createMockBackend({ town, tasks: [placeClosures] });
});
afterEach(() => mock.close());

/** Runs the task to its end: resolves with the result, rejects with the error. */
async function run(params: object) {
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  const { id } = await client.enqueueTask('place_closures', params);
  return client.waitFor(id);
}

async function features(table: 'pole' | 'splice_closure') {
  const { features } = await mock.store.features({ design, tables: [table], limit: 10_000 });
  return features.filter(({ properties }) => properties.design === design);
}

async function polesOfDesign() {
  return (await features('pole')).map(({ id }) => Number(id.split('/')[1]));
}

it('places a closure at every pole in reach, the selected one first', async () => {
  const [pole_id] = await polesOfDesign();
  const result = await run({ design, pole_id, radius: 200 });
  const closures = await features('splice_closure');
  expect(closures.length).toBeGreaterThan(5);
  expect(closures[0]?.properties.housing).toBe(`pole/${pole_id}`);
  expect(result).toEqual({ placed: closures.length, skipped: 0 });
});

it('leaves poles alone that have one', async () => {
  const [pole_id] = await polesOfDesign();
  await run({ design, pole_id, radius: 200 });
  const before = await features('splice_closure');
  expect(await run({ design, pole_id, radius: 200 })).toEqual({ placed: 0, skipped: before.length });
  expect(await features('splice_closure')).toEqual(before);
});

it('refuses a radius out of range, and a pole of another design', async () => {
  const [pole_id] = await polesOfDesign();
  await expect(run({ design, pole_id, radius: 5 })).rejects.toMatchObject({ code: 'invalid-params' });
  await expect(run({ design, pole_id: 1, radius: 200 })).rejects.toMatchObject({
    code: 'pole-not-in-design',
  });
});

it('stores nothing of a run that fails half-way', async () => {
  mock.use(failAt({ done: 3 }));
  const [pole_id] = await polesOfDesign();
  await expect(run({ design, pole_id, radius: 200 })).rejects.toMatchObject({ code: 'simulated-failure' });
  expect(await features('splice_closure')).toEqual([]);
});
