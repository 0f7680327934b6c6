import { expect, test } from 'vitest';
import { keyOfNode, tagsOfNode } from '../../../backend/workflows/nodeKeys.ts';
import { DistributedEngine } from '../../../server/src/distributed/DistributedEngine.ts';
import { TaskIntake } from '../../../server/src/distributed/TaskIntake.ts';
import { TaskReads } from '../../../server/src/distributed/TaskReads.ts';
import { TaskServices } from '../../../server/src/distributed/TaskServices.ts';
import { WORKFLOW_TASK, type WorkflowGraph } from '../../../src/contract/index.ts';
import { definitions, smallTown } from '../../support/tasks/definitions.ts';
import { nodeTasks } from '../../support/tasks/nodeTasks.ts';
import { openDistributed } from '../support/distributed.ts';

const ann = { owner: 'ann' };
const all = [...definitions, ...nodeTasks];

/** A run whose server took it in and died. Nobody runs it until there is a new server. */
async function deadRun(graph: WorkflowGraph, onTestFinished: (clean: () => Promise<void>) => void) {
  const setup = { definitions: all, town: smallTown, lostAfterSeconds: 1, runsOwn: false };
  const parts = await openDistributed(setup);
  const { engine, newServer, pool, store, redisUrl, prefix } = parts;
  onTestFinished(() => engine.close());
  const shared = { pool, redisUrl, prefix, lostAfterSeconds: 1 };
  const dead = new DistributedEngine({ ...shared, store, definitions: all });
  const services = new TaskServices(shared);
  onTestFinished(async () => {
    await dead.close();
    await services.close();
  });
  const { task } = await dead.enqueue({ name: WORKFLOW_TASK, params: { graph } }, ann);
  expect(await services.rows.claim(task.id, 1)).toMatchObject({ status: 'running', attempt: 1 });
  const intake = new TaskIntake({ store, services, reads: new TaskReads(services) });
  const begin = (node: string) => {
    const at = { run: task.id, node };
    const { task: name = '', params = {} } = graph.nodes.find(({ key }) => key === node) ?? {};
    return intake.enqueue(
      { name, params, tags: tagsOfNode(at), idempotencyKey: keyOfNode(at) },
      ann,
      {},
      new Map(all.map((definition) => [definition.name, definition])),
    );
  };
  const statuses = async () => {
    const nodes = await services.runs.nodesOf(task.id);
    return Object.fromEntries(nodes.map(({ node, status }) => [node, status]));
  };
  const startServer = () => {
    const next = newServer();
    onTestFinished(() => next.close());
  };
  return { engine, run: task.id, begin, statuses, startServer };
}

const appended = (from: string, to: string) =>
  ({ from, output: 'value', to, input: 'values', append: true }) as const;

test.concurrent('workers go on with a graph whose server is dead, and the next server ends the run', async ({
  onTestFinished,
}) => {
  const { engine, run, begin, statuses, startServer } = await deadRun(
    {
      name: 'Diamond',
      nodes: [
        { key: 'a', task: 'give', params: { value: 2 } },
        { key: 'b', task: 'sum' },
        { key: 'c', task: 'sum' },
        { key: 'd', task: 'sum' },
      ],
      links: [appended('a', 'b'), appended('a', 'c'), appended('b', 'd'), appended('c', 'd')],
    },
    onTestFinished,
  );
  await begin('a');
  await expect.poll(statuses).toMatchObject({ d: 'succeeded' });
  expect(await engine.get(run, ann)).toMatchObject({ status: 'running', attempt: 1 });
  startServer();
  await expect
    .poll(() => engine.get(run, ann), { timeout: 20_000 })
    .toMatchObject({ status: 'succeeded', attempt: 2, items: { ok: 4 } });
  const { tasks } = await engine.list({ tag: `run:${run}` }, ann);
  expect(tasks).toHaveLength(4);
  expect(tasks.find(({ tags }) => tags.includes('node:d'))?.params).toEqual({ values: [2, 2] });
});

test.concurrent('a run whose server is dead is cancelled with all of its nodes, at once', async ({
  onTestFinished,
}) => {
  const { engine, run, begin, statuses, startServer } = await deadRun(
    {
      name: 'Chain',
      nodes: [
        { key: 'a', task: 'give' },
        { key: 'b', task: 'wait', params: { gate: 'never' } },
        { key: 'c', task: 'give' },
      ],
      links: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
    },
    onTestFinished,
  );
  await begin('a');
  await expect.poll(statuses).toEqual({ a: 'succeeded', b: 'running' });
  await engine.cancel(run, ann);
  await expect.poll(statuses).toEqual({ a: 'succeeded', b: 'cancelled' });
  // A worker that had been about to start it would find the run cancelled.
  await expect(begin('c')).rejects.toThrow('is over');
  startServer();
  await expect.poll(() => engine.get(run, ann), { timeout: 20_000 }).toMatchObject({ status: 'cancelled' });
  expect(await statuses()).toEqual({ a: 'succeeded', b: 'cancelled' });
});
