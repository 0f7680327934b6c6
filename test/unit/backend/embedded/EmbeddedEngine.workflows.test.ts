import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { SqliteStore } from '../../../../server/src/sqlite/SqliteStore.ts';
import { WORKFLOW_TASK, type WorkflowGraph } from '../../../../src/contract/index.ts';
import { declareWorkflowsContract } from '../../../contracts/workflows.contract.ts';
import { newFolder } from '../../../support/server/newFolder.ts';
import { definitions, poleCount, smallStore, smallTown } from '../../../support/tasks/definitions.ts';
import { nodeTasks } from '../../../support/tasks/nodeTasks.ts';

declareWorkflowsContract('EmbeddedEngine', async ({ town, ...setup }) => ({
  engine: new EmbeddedEngine({ ...setup, store: new MemoryStore({ town }) }),
}));

declareWorkflowsContract(
  'EmbeddedEngine on a SQLite file',
  async ({ town, ...setup }) => {
    const folder = newFolder();
    const file = join(folder.path, 'tasks.sqlite');
    const sqlite = await SqliteStore.open({ file, town: async () => town });
    const { store, journal } = sqlite;
    const engine = await EmbeddedEngine.open({ ...setup, store, journal });
    const close = engine.close.bind(engine);
    engine.close = async () => {
      await close();
      sqlite.close();
      folder.remove();
    };
    return { engine };
  },
  { fanOut: 50 },
);

const ann = { owner: 'ann' };
const all = [...definitions, ...nodeTasks];
const steps = Array.from({ length: 6 }, (_, i) => `step/${i}`);

/** Six steps one after the other, each of which sets a pole, around one that waits at a gate. */
function chain(gate: string): WorkflowGraph {
  const keys = [...steps.slice(0, 3), 'gate', ...steps.slice(3)];
  return {
    name: 'Chain',
    nodes: keys.map((key) =>
      key === 'gate'
        ? { key, task: 'wait', params: { gate } }
        : { key, task: 'set_pole', params: { name: key } },
    ),
    links: keys.slice(1).map((to, i) => ({ from: keys[i] ?? '', to })),
  };
}

test('after a restart a run goes on where it was, and no node has run twice', async () => {
  const folder = newFolder();
  onTestFinished(() => folder.remove());
  const file = join(folder.path, 'tasks.sqlite');
  const open = async () => {
    const sqlite = await SqliteStore.open({ file, town: async () => smallTown });
    const { store, journal } = sqlite;
    const engine = await EmbeddedEngine.open({ definitions: all, store, journal });
    return { sqlite, engine };
  };
  const first = await open();
  const before = await poleCount(first.sqlite.store);
  const params = { graph: chain('restart') };
  const { task } = await first.engine.enqueue({ name: WORKFLOW_TASK, params }, ann);
  await expect.poll(async () => (await first.engine.get(task.id, ann))?.progress.message).toBe('3 of 7 done');
  await first.engine.close();
  first.sqlite.close();
  const second = await open();
  await second.engine.enqueue({ name: 'open', params: { gate: 'restart' } }, ann);
  await expect
    .poll(() => second.engine.get(task.id, ann))
    .toMatchObject({ status: 'succeeded', attempt: 2, items: { ok: 7 } });
  expect(await poleCount(second.sqlite.store)).toBe(before + steps.length);
  expect((await second.engine.list({ tag: `run:${task.id}` }, ann)).tasks).toHaveLength(7);
  await second.engine.close();
  second.sqlite.close();
});

test('a run that is out of time takes its nodes along', async () => {
  const engine = new EmbeddedEngine({
    definitions: all,
    store: smallStore(),
    hooks: { timeoutSeconds: ({ name, timeoutSeconds }) => (name === WORKFLOW_TASK ? 0.2 : timeoutSeconds) },
  });
  onTestFinished(() => engine.close());
  const params = { graph: chain('never') };
  const { task } = await engine.enqueue({ name: WORKFLOW_TASK, params }, ann);
  await expect
    .poll(() => engine.get(task.id, ann))
    .toMatchObject({ status: 'failed', error: { code: 'timeout' } });
  const nodes = (await engine.list({ tag: `run:${task.id}` }, ann)).tasks;
  expect(nodes.map(({ status }) => status)).toEqual(['cancelled', 'succeeded', 'succeeded', 'succeeded']);
});

test('the tasks of nodes are kept as long as their run is, and go with it', async () => {
  const engine = new EmbeddedEngine({
    definitions: all,
    store: smallStore(),
    retention: { finishedTasks: 1 },
  });
  onTestFinished(() => engine.close());
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const graph = (name: string): WorkflowGraph => ({
    name,
    nodes: steps.map((key) => ({ key, task: 'give' })),
    links: steps.slice(1).map((to, i) => ({ from: steps[i] ?? '', to })),
  });
  const run = async (name: string) => {
    const { task } = await engine.enqueue({ name: WORKFLOW_TASK, params: { graph: graph(name) } }, ann);
    await expect.poll(() => engine.get(task.id, ann)).toMatchObject({ status: 'succeeded' });
    vi.setSystemTime(Date.now() + 121_000);
    return task.id;
  };
  const first = await run('first');
  expect((await engine.list({ tag: `run:${first}` }, ann)).tasks).toHaveLength(steps.length);
  const second = await run('second');
  const { tasks } = await engine.list({}, ann);
  expect(tasks).toHaveLength(1 + steps.length);
  expect(tasks.every(({ id, tags }) => id === second || tags.includes(`run:${second}`))).toBe(true);
});
