import { expect, onTestFinished, test } from 'vitest';
import { inputsOf } from '../../../../backend/workflows/graph/inputsOf.ts';
import { WorkflowIndex } from '../../../../backend/workflows/graph/WorkflowIndex.ts';
import { createMockBackend } from '../../../../mocks/createMockBackend.ts';
import { generateTown } from '../../../../mocks/town/generateTown.ts';
import {
  type ConnectAreaOptions,
  connectAreaTasks,
  connectAreaWorkflow,
} from '../../../../mocks/workflows/connectAreaWorkflow.ts';
import { createTaskClient } from '../../../../src/client/index.ts';

/** Runs the nodes one after the other, as tasks of a client. */
async function run(options: ConnectAreaOptions) {
  const mock = await createMockBackend({ town: generateTown({ addresses: 600 }), tasks: connectAreaTasks });
  onTestFinished(() => mock.close());
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  const index = new WorkflowIndex(connectAreaWorkflow(options));
  const results = new Map<string, unknown>();
  for (const key of index.ranks.flat()) {
    const task = await client.enqueueTask(
      index.nodeOf(key)?.task ?? '',
      inputsOf(index, key, (node) => results.get(node)),
    );
    results.set(key, await client.waitFor(task.id));
  }
  return { results, mock };
}

test('the workflow connects the addresses of a design, and its report says so', async () => {
  const { results, mock } = await run({ design: 'design/FTTH-South', most: 12 });
  expect(results.get('report')).toMatchObject({ connections: 12, refused: 0 });
  const { features } = await mock.store.features({
    design: 'design/FTTH-South',
    tables: ['wall_box'],
    limit: 100,
  });
  expect(features).toHaveLength(12);
});

test('an address that is too far from the pole is refused by the plan, which names it', async () => {
  await expect(run({ most: 60, longestMetres: 20 })).rejects.toThrow(
    /Address \d+ is \d+ m from the pole, and the longest drop is 20 m/,
  );
});
