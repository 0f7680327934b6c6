import { expect, onTestFinished, test } from 'vitest';
import { createMockBackend } from '../../../../mocks/index.ts';
import { createTaskClient } from '../../../../src/client/index.ts';
import { testTown } from '../../../support/network/testTown.ts';
import { followTask } from '../../../support/tasks/followTask.ts';

test('what the public sample of the platform sends to customer_connection_task is run, and what is not read is named', async () => {
  const mock = await createMockBackend({ town: testTown() });
  onTestFinished(() => mock.close());
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  // The sample connects as many as the task does by default; the town of this test has fewer.
  const params = { design: 'design/North', lng: 10.1, lat: 50.1, pole_id: 3, count: 5 };
  const { id } = await client.enqueueTask('customer_connection_task', params);
  const seen = followTask(client, id);
  await seen.ended;
  expect(seen.endings).toEqual(['success', 'end']);
  const task = await mock.engine.get(String(id), { owner: 'local', admin: true });
  expect(task).toMatchObject({ status: 'succeeded', ignoredParams: ['lng', 'lat'] });
  expect(task?.params).toEqual({ design: 'design/North', pole_id: 3, count: 5 });
});
