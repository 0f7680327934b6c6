import { expect, onTestFinished, test } from 'vitest';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { TaskServices } from '../../../server/src/distributed/TaskServices.ts';
import { declareBulkContract } from '../../contracts/bulk.contract.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

declareBulkContract('DistributedEngine', openDistributed);

test('the server that ran it is gone: another one goes on with it, and starts nothing twice', async () => {
  const ann = { owner: 'ann' };
  const parts = await openDistributed({
    definitions,
    town: smallTown,
    lostAfterSeconds: 1,
    tasksPerOwner: 100,
    runsOwn: false,
  });
  const { engine, newServer, pool, store, redisUrl, prefix } = parts;
  onTestFinished(() => engine.close());
  const shared = { pool, redisUrl, prefix, lostAfterSeconds: 1, tasksPerOwner: 100 };
  // It runs no bulk tasks: it is as good as dead once it has taken one in.
  const dead = new DistributedEngine({ ...shared, store, definitions });
  const services = new TaskServices(shared);
  onTestFinished(async () => {
    await dead.close();
    await services.close();
  });
  const failed = await Promise.all(
    Array.from({ length: 12 }, () => engine.enqueue({ name: 'fail', params: { message: 'no' } }, ann)),
  );
  for (const { task } of failed) {
    await expect.poll(() => engine.get(task.id, ann)).toMatchObject({ status: 'failed' });
  }
  const { task } = await dead.bulk({ action: 'retry', filter: {} }, ann);
  // Its server began it, started some of the tasks again, and died.
  expect(await services.rows.claim(task.id, 1)).toMatchObject({ status: 'running', attempt: 1 });
  for (const { task: one } of failed.slice(0, 5)) {
    await dead.retry(one.id, ann, { idempotencyKey: `${task.id}/${one.id}` });
  }
  const next = newServer();
  onTestFinished(() => next.close());
  await expect
    .poll(() => engine.get(task.id, ann), { timeout: 20_000 })
    .toMatchObject({ status: 'succeeded', attempt: 2, result: { done: 12, failed: 0 } });
  const { tasks } = await engine.list({ name: 'fail', limit: 200 }, ann);
  expect(tasks).toHaveLength(24);
});
