// What users of other workflow engines reported, tried here: docs/tried.md has the list.
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { defineTask, type TaskDefinition } from '../../../../backend/tasks/defineTask.ts';
import {
  isTerminal,
  type RetryRequest,
  type TaskSnapshot,
  WORKFLOW_TASK,
  type WorkflowGraph,
} from '../../../../src/contract/index.ts';
import { smallStore } from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };
const engines: EmbeddedEngine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

function open(definitions: TaskDefinition[]) {
  const engine = new EmbeddedEngine({ definitions, store: smallStore() });
  engines.push(engine);
  const get = async (id: string): Promise<TaskSnapshot> => {
    const task = await engine.get(id, ann);
    if (!task) throw new Error(`${id} is gone`);
    return task;
  };
  const ended = async (id: string) => {
    await expect.poll(async () => isTerminal((await get(id)).status)).toBe(true);
    return get(id);
  };
  const run = async (graph: WorkflowGraph) =>
    ended((await engine.enqueue({ name: WORKFLOW_TASK, params: { graph } }, ann)).task.id);
  const retry = async (id: string, request: RetryRequest) => ended((await engine.retry(id, ann, request)).id);
  return { engine, get, ended, run, retry };
}

const chainOf = (keys: readonly string[]) => keys.slice(1).map((to, i) => ({ from: keys[i] ?? '', to }));

test('Comfy-Org/ComfyUI#14911, Data2Semantics/d2s-tools#14: a chain of 2,000 nodes runs, and 2,000 nodes in a circle are named', {
  timeout: 60_000,
}, async () => {
  let ran = 0;
  const step = defineTask({ name: 'step', params: z.strictObject({}), execute: async () => void ran++ });
  const { engine, run } = open([step]);
  const keys = Array.from({ length: 2_000 }, (_, i) => `n${i}`);
  const nodes = keys.map((key) => ({ key, task: 'step' }));
  const { status, progress } = await run({ name: 'Long', nodes, links: chainOf(keys) });
  expect([status, progress.message, ran]).toEqual(['succeeded', '2000 of 2000 done', 2_000]);
  const links = chainOf([...keys, 'n0']);
  await expect(
    engine.enqueue({ name: WORKFLOW_TASK, params: { graph: { name: 'Circle', nodes, links } } }, ann),
  ).rejects.toMatchObject({
    error: { code: 'invalid-params', message: expect.stringContaining('waits for itself') },
  });
});

const circle: Record<string, unknown> = {};
circle.itself = circle;

test.each<[string, unknown, string]>([
  ['U+0000', 'a\u0000b', 'succeeded'],
  ['half of a character', 'a\ud800', 'succeeded'],
  ['a number that is no JSON', { at: Number.NaN }, 'succeeded'],
  [
    'nothing where the next one needs something',
    undefined,
    'Node "b" needs "value" of the result of node "a"',
  ],
  ['a big integer', 10n, 'Node "a" failed: TypeError: The result of the task must be JSON'],
  ['a circle', circle, 'Node "a" failed: TypeError: The result of the task must be JSON'],
])(
  'hatchet-dev/hatchet#3276: a node whose result has %s does not leave its run without an end',
  async (_name, value, outcome) => {
    const odd = defineTask({ name: 'odd', params: z.strictObject({}), execute: async () => ({ value }) });
    const params = z.strictObject({ value: z.unknown() });
    const next = defineTask({ name: 'next', params, execute: async (given) => given.value });
    const { run } = open([odd, next]);
    const { status, error } = await run({
      name: 'Odd',
      nodes: [
        { key: 'a', task: 'odd' },
        { key: 'b', task: 'next' },
      ],
      links: [{ from: 'a', to: 'b', output: 'value', input: 'value' }],
    });
    expect(error?.message ?? status).toContain(outcome);
  },
);

test('DataBiosphere/toil#1289, qgis/QGIS#54988: after a retry in which a node fails once more, a node after it does not run because its other one is there', async () => {
  const ran: string[] = [];
  const work = defineTask({
    name: 'work',
    params: z.strictObject({ name: z.string() }),
    async execute({ name }) {
      ran.push(name);
      if (name === 'bad') throw new TaskRefusal({ code: 'bad', message: 'It is bad' });
    },
  });
  const { run, retry } = open([work]);
  const node = (key: string) => ({ key, task: 'work', params: { name: key } });
  const graph = {
    name: 'Y',
    nodes: ['good', 'bad', 'join'].map(node),
    links: [
      { from: 'good', to: 'join' },
      { from: 'bad', to: 'join' },
    ],
  };
  const first = await run(graph);
  expect(first.error).toMatchObject({ code: 'node-failed', message: 'Node "bad" failed: It is bad' });
  const second = await retry(first.id, { items: 'failed' });
  expect(second.error).toMatchObject({ code: 'node-failed' });
  expect(ran).toEqual(['good', 'bad', 'bad']);
  const third = await retry(second.id, { nodes: { from: ['good'] } });
  expect(third.status).toBe('failed');
  expect(ran).toEqual(['good', 'bad', 'bad', 'good', 'bad']);
});

test('LeXwDeX/OpenCode-GraphAgent#595: a retry that keeps a node whose task was removed says so, and starts nothing', async () => {
  const give = defineTask({ name: 'give', params: z.strictObject({}), execute: async () => 1 });
  const { engine, run } = open([give]);
  const graph = {
    name: 'Two',
    nodes: [
      { key: 'a', task: 'give' },
      { key: 'b', task: 'give' },
    ],
    links: [{ from: 'a', to: 'b' }],
  };
  const first = await run(graph);
  const { tasks } = await engine.list({ tag: `run:${first.id}` }, ann);
  const a = tasks.find(({ tags }) => tags.includes('node:a'));
  await engine.clear([a?.id ?? ''], ann);
  const before = (await engine.list({}, ann)).tasks.length;
  await expect(engine.retry(first.id, ann, { nodes: { only: ['b'] } })).rejects.toThrow(/"a"/);
  await expect(engine.retry(first.id, ann, { nodes: { only: ['nobody'] } })).rejects.toThrow(/nobody/);
  await expect(engine.retry(first.id, ann, { nodes: { from: [] } })).rejects.toMatchObject({ error: {} });
  expect((await engine.list({}, ann)).tasks).toHaveLength(before);
});

test('four retries at the same time with one key are one run', async () => {
  let ran = 0;
  const give = defineTask({ name: 'give', params: z.strictObject({}), execute: async () => void ran++ });
  const { engine, run, ended } = open([give]);
  const first = await run({ name: 'One', nodes: [{ key: 'a', task: 'give' }], links: [] });
  const again = await Promise.all(
    [1, 2, 3, 4].map(() => engine.retry(first.id, ann, { idempotencyKey: 'k', nodes: { from: ['a'] } })),
  );
  expect(new Set(again.map(({ id }) => id)).size).toBe(1);
  await ended(again[0]?.id ?? '');
  expect(ran).toBe(2);
});

test('nodes that need the same design run one after the other, and nodes of one run do not wait for each other for ever', async () => {
  let [now, most] = [0, 0];
  const build = defineTask({
    name: 'build',
    params: z.strictObject({}),
    exclusive: () => 'design/one',
    async execute() {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
    },
  });
  const { run } = open([build]);
  const keys = Array.from({ length: 30 }, (_, i) => `n${i}`);
  const { status } = await run({
    name: 'Same design',
    nodes: keys.map((key) => ({ key, task: 'build' })),
    links: [],
  });
  expect([status, most]).toEqual(['succeeded', 1]);
});

test('a node whose params cannot be right is refused before anything runs, and is named', async () => {
  const draw = defineTask({
    name: 'draw',
    params: z.strictObject({ design: z.string(), width: z.number().optional() }),
    async check({ design }) {
      if (design !== 'FTTH')
        throw new TaskRefusal({ code: 'no-design', message: `There is no design "${design}"` });
    },
    execute: async () => 1,
  });
  const { engine } = open([draw]);
  const start = (params: Record<string, unknown>, links: WorkflowGraph['links'] = []) => {
    const nodes = [
      { key: 'first', task: 'draw', params: { design: 'FTTH' } },
      { key: 'second', task: 'draw', params },
    ];
    return engine.enqueue({ name: WORKFLOW_TASK, params: { graph: { name: 'Two', nodes, links } } }, ann);
  };
  await expect(start({ design: 'FTTH', width: 'wide' })).rejects.toMatchObject({
    error: {
      code: 'invalid-params',
      parameters: [{ parameter: 'graph.nodes.second.params.width' }],
      details: { node: 'second' },
    },
  });
  await expect(start({ design: 'gone' })).rejects.toMatchObject({
    error: {
      code: 'no-design',
      message: 'Node "second": There is no design "gone"',
      parameters: [{ parameter: 'graph.nodes.second' }],
    },
  });
  expect((await engine.list({}, ann)).tasks).toEqual([]);
  // The first node may make the design that the second one needs.
  await expect(start({ design: 'gone' }, [{ from: 'first', to: 'second' }])).resolves.toMatchObject({
    created: true,
  });
});
