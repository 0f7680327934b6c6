import { expect, onTestFinished, test } from 'vitest';
import { createMockBackend } from '../../../../mocks/index.ts';
import { createTaskClient } from '../../../../src/client/index.ts';
import { ORIGIN, testTown } from '../../../support/network/testTown.ts';
import { followTask } from '../../../support/tasks/followTask.ts';
import { ownRecords } from '../../../support/tasks/runTask.ts';

const PARAMS = { design: 'design/North', coords_x: ORIGIN[0], coords_y: ORIGIN[1] };

async function start(town = testTown()) {
  const mock = await createMockBackend({ town });
  onTestFinished(() => mock.close());
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  const run = async (params: object) => {
    const { id } = await client.enqueueTask('lrt_task', { ...params });
    const seen = followTask(client, id);
    await seen.ended;
    return seen;
  };
  return { mock, client, run };
}

test('connects 2,000 random addresses to a new pole, as the sample of the platform does', async () => {
  const { mock, run } = await start();
  const seen = await run(PARAMS);
  expect(seen.endings).toEqual(['success', 'end']);
  expect(seen.result).toBe('Operation completed successfully');
  expect(seen.progress.at(-1)).toMatchObject({
    percent: 100,
    message: '2000 / 2000 addresses connected',
    step: 4,
  });
  const own = (table: 'pole' | 'wall_box' | 'connection') => ownRecords(mock.store, 'design/North', table);
  const poles = (await own('pole')).filter(({ properties }) => properties.name !== 'P-009');
  // 64 drops to a splitter: 31 poles beyond the first one.
  expect(poles).toHaveLength(32);
  expect(poles[0]).toMatchObject({
    geometry: { type: 'Point', coordinates: ORIGIN },
    properties: { name: 'POLE-1000' },
  });
  expect(await own('wall_box')).toHaveLength(2_000);
  expect(await own('connection')).toHaveLength(4_000);
});

test('a second run in the design goes on with names that are free', async () => {
  const { mock, run } = await start();
  await run(PARAMS);
  expect((await run(PARAMS)).endings).toEqual(['success', 'end']);
  for (const table of ['pole', 'fiber_cable'] as const) {
    const names = (await ownRecords(mock.store, 'design/North', table)).map(
      ({ properties }) => properties.name,
    );
    expect(new Set(names).size).toBe(names.length);
  }
});

test('tasks that run at the same time in two designs give no pole the same name', async () => {
  // Both designs begin with a pole of the same name, which is the town's to say.
  const town = testTown();
  for (const { properties } of town.designPoles?.features ?? []) properties.name = 'P-1';
  const { mock, run, client } = await start(town);
  const connect = async (design: string, pole_id: number) => {
    const { id } = await client.enqueueTask('customer_connection_task', { design, pole_id, count: 200 });
    await followTask(client, id).ended;
  };
  await Promise.all([connect('design/North', 3), connect('design/South', 4)]);
  await Promise.all([run(PARAMS), run({ ...PARAMS, design: 'design/South' })]);
  const poles = [
    ...(await ownRecords(mock.store, 'design/North', 'pole')),
    ...(await ownRecords(mock.store, 'design/South', 'pole')),
  ].filter(({ properties }) => properties.name !== 'P-1');
  expect(poles).toHaveLength(2 * (32 + 3));
  expect(new Set(poles.map(({ properties }) => properties.name)).size).toBe(poles.length);
});

test.each([
  [{ ...PARAMS, design: 'design/West' }, 'design', /design\/North, design\/South/],
  [{ ...PARAMS, coords_x: 200 }, 'coords_x', /180/],
  [{ design: 'design/North', coords_x: 1 }, 'coords_y', /./],
])('refuses %j, naming the parameter', async (params, parameter, message) => {
  const { client } = await start();
  await expect(client.enqueueTask('lrt_task', params)).rejects.toMatchObject({
    code: 'invalid-params',
    parameters: [{ parameter, message: expect.stringMatching(message) }],
  });
});

test('is refused before it is queued where there are no addresses', async () => {
  const { client } = await start(testTown(0));
  await expect(client.enqueueTask('lrt_task', PARAMS)).rejects.toMatchObject({ code: 'no-addresses' });
});
