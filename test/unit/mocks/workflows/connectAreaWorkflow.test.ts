import { expect, onTestFinished, test } from 'vitest';
import { createMockBackend } from '../../../../mocks/createMockBackend.ts';
import { generateTown } from '../../../../mocks/town/generateTown.ts';
import {
  type ConnectAreaOptions,
  connectAreaTasks,
  connectAreaWorkflow,
} from '../../../../mocks/workflows/connectAreaWorkflow.ts';
import { createTaskClient } from '../../../../src/client/index.ts';

async function start(options: ConnectAreaOptions) {
  const mock = await createMockBackend({ town: generateTown({ addresses: 600 }), tasks: connectAreaTasks });
  onTestFinished(() => mock.close());
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  const { id } = await client.enqueueTask('workflow', { graph: connectAreaWorkflow(options) });
  const wallBoxes = async (design: string) =>
    (await mock.store.features({ design, tables: ['wall_box'], limit: 100 })).features.length;
  return { client, id, wallBoxes };
}

test('the workflow connects the addresses of a design, and its report says so', async () => {
  const design = 'design/FTTH-South';
  const { client, id, wallBoxes } = await start({ design, most: 12 });
  const { tasks } = (await client.waitFor(id)) as { tasks: Record<string, string> };
  const report = await client.getTask(tasks.report ?? '');
  expect(report.result).toMatchObject({ connections: 12, refused: 0 });
  expect(await wallBoxes(design)).toBe(12);
  expect((await client.getTask(id)).items).toMatchObject({ ok: 5, failed: 0 });
  // A second run finds them connected, and connects nothing.
  const again = await client.retryTask(id);
  await expect(client.waitFor(again.id)).rejects.toMatchObject({
    message: 'Node "check" failed: No address of the area can be connected: choose another area',
  });
  expect(await wallBoxes(design)).toBe(12);
});

test('an address that is too far from the pole fails the plan, which names it, and nothing is built', async () => {
  const { client, id, wallBoxes } = await start({ longestMetres: 20 });
  await expect(client.waitFor(id)).rejects.toMatchObject({
    code: 'node-failed',
    message: expect.stringMatching(
      /^Node "plan" failed: Address \d+ is \d+ m from the pole, and the longest drop is 20 m/,
    ),
  });
  expect(await wallBoxes('design/FTTH-North')).toBe(0);
});
