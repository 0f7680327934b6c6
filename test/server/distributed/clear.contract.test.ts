import { expect, onTestFinished, test } from 'vitest';
import { TaskServices } from '../../../server/src/distributed/TaskServices.ts';
import { declareClearContract } from '../../contracts/clear.contract.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

declareClearContract('DistributedEngine', openDistributed);

const ann = { owner: 'ann' };

test('another server has it no more, though it follows the task; its log is gone; its key is freed in the end', async () => {
  const parts = await openDistributed({ definitions, town: smallTown });
  const { engine, pool, redisUrl, prefix } = parts;
  onTestFinished(() => engine.close());
  const request = { name: 'count', params: { to: 1 }, idempotencyKey: 'k' };
  const { task } = await engine.enqueue(request, ann);
  // The mirror of the log stays for a while after this.
  for await (const _ of engine.events({ cursors: { [task.id]: null } }, { caller: ann }));
  const services = new TaskServices({ redisUrl, pool, prefix });
  onTestFinished(() => services.close());
  // As another server does.
  await services.rows.markPublished(task.id, (await engine.get(task.id, ann))?.seq ?? 0);
  expect(await services.rows.clear([task.id])).toEqual([task.id]);
  expect(await engine.get(task.id, ann)).toBeUndefined();
  await expect(engine.events({ cursors: { [task.id]: 0 } }, { caller: ann }).open()).rejects.toMatchObject({
    error: { code: 'task-not-found' },
  });
  await expect(engine.enqueue(request, ann)).rejects.toMatchObject({
    error: { code: 'idempotency-conflict' },
  });
  await pool.query("UPDATE lrt.task_key SET cleared_until = cleared_until - interval '2 minutes'");
  await services.overdue.forget(services.retention);
  expect(await engine.enqueue(request, ann)).toMatchObject({ created: true });
});
