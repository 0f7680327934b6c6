// Tests how the nodes of a workflow are said to stand, from the tasks of a run and from what the run says itself.
import { describe, expect, test } from 'vitest';
import { GRAPH } from '../../../../harness/workflow/planAndConnect.ts';
import type { TaskSnapshot } from '../../../../src/contract/index.ts';
import { indexGraph } from '../../../../src/monitor/workflow/graphIndex.ts';
import { NODE } from '../../../../src/monitor/workflow/graphLayout.ts';
import { layOutGraph } from '../../../../src/monitor/workflow/layout.ts';
import { layOutRanks } from '../../../../src/monitor/workflow/layoutRanks.ts';
import { type NodeSources, nodeStates } from '../../../../src/monitor/workflow/nodeStates.ts';
import { readGraph } from '../../../../src/monitor/workflow/readGraph.ts';
import { timeScale } from '../../../../src/monitor/workflow/timeScale.ts';

const task = (given: Partial<TaskSnapshot>): TaskSnapshot => ({
  id: 'a',
  name: 'a',
  queue: 'q',
  status: 'running',
  progress: { percent: null, step: null, message: '' },
  params: {},
  owner: 'mara',
  tags: [],
  createdAt: '2026-03-01T08:00:00Z',
  attempt: 1,
  seq: 1,
  ...given,
});

function states(given: Partial<NodeSources> = {}) {
  const found = nodeStates({
    index: indexGraph(GRAPH),
    run: task({ id: 'run' }),
    tasks: new Map(),
    kept: new Map(),
    keptTasks: new Map(),
    only: undefined,
    connection: { state: 'live' },
    ...given,
  });
  return Object.fromEntries([...found].map(([key, { status }]) => [key, status]));
}

const tasks = (statuses: Record<string, TaskSnapshot['status']>) =>
  new Map(Object.entries(statuses).map(([key, status]) => [key, task({ id: key, status })]));

describe('the state of a node', () => {
  test('is that of its task, or it waits for those before it', () => {
    expect(
      states({ tasks: tasks({ area: 'succeeded', addresses: 'running', prices: 'queued' }) }),
    ).toMatchObject({
      area: 'succeeded',
      addresses: 'running',
      prices: 'queued',
      poles: 'waiting',
      plan: 'waiting',
    });
  });

  test('is skipped where one before it failed, however far before it, also while the run goes on', () => {
    expect(states({ tasks: tasks({ area: 'failed', prices: 'running' }) })).toMatchObject({
      addresses: 'skipped',
      plan: 'skipped',
      report: 'skipped',
      prices: 'running',
    });
  });

  test('is failed where the server refused its task, with the reason that the run names', () => {
    const items = {
      ok: 0,
      failed: 1,
      failures: [{ id: 'plan', code: 'invalid', message: 'No such design' }],
    };
    const found = nodeStates({
      index: indexGraph(GRAPH),
      run: task({ items }),
      tasks: new Map(),
      kept: new Map(),
      keptTasks: new Map(),
      only: undefined,
      connection: undefined,
    });
    expect(found.get('plan')).toMatchObject({ status: 'failed', error: { message: 'No such design' } });
    expect(found.get('connect')?.reason).toEqual({ kind: 'skipped-by', name: 'Plan an area', how: 'failed' });
  });

  test('is done where an earlier run did it, and skipped where the user selected others', () => {
    const kept = new Map([['area', 'task-1']]);
    expect(states({ kept, only: new Set(['addresses']) })).toMatchObject({
      area: 'succeeded',
      addresses: 'waiting',
      poles: 'skipped',
    });
  });

  test('is skipped where the run has ended before it, and not started where nothing runs', () => {
    expect(states({ run: task({ status: 'failed' }) }).export).toBe('skipped');
    expect(states({ run: undefined }).export).toBe('not-started');
  });
});

describe('a graph', () => {
  test('from a stranger is read as far as it can be drawn', () => {
    expect(readGraph({ nodes: [] })).toBeUndefined();
    expect(readGraph('no')).toBeUndefined();
    const read = readGraph({
      name: 7,
      nodes: [{ key: 'a' }, { key: 'a' }, { key: 3 }, null, { key: 'b', title: ' ' }],
      links: [{ from: 'a', to: 'b' }, { from: 'a', to: 'gone' }, {}, null],
    });
    expect(read).toEqual({
      name: '',
      nodes: [
        { key: 'a', task: '' },
        { key: 'b', task: '' },
      ],
      links: [{ from: 'a', to: 'b' }],
    });
  });

  test('with a cycle is laid out all the same', async () => {
    const nodes = ['a', 'b', 'c'].map((key) => ({ key, task: 't' }));
    const links = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
      { from: 'a', to: 'a' },
    ];
    const index = indexGraph({ name: 'c', nodes, links });
    expect(layOutRanks(index).nodes.size).toBe(3);
    expect((await layOutGraph(index)).nodes.size).toBe(3);
  });

  test.each(['dagre', 'ranks'])(
    'laid out by %s has each node after those that it waits for, and none on another',
    async (how) => {
      const index = indexGraph(GRAPH);
      const { nodes } = how === 'dagre' ? await layOutGraph(index) : layOutRanks(index);
      for (const { from, to } of GRAPH.links) {
        expect(nodes.get(to)?.x).toBeGreaterThan((nodes.get(from)?.x ?? 0) + NODE.width);
      }
      const all = [...nodes.values()];
      for (const [at, one] of all.entries()) {
        for (const other of all.slice(at + 1)) {
          const apart = Math.abs(one.x - other.x) >= NODE.width || Math.abs(one.y - other.y) >= NODE.height;
          expect(apart, `${one.key} and ${other.key}`).toBe(true);
        }
      }
    },
  );
});

test('a stretch in which nothing begins or ends is folded, until it is opened; the growing end never is', () => {
  const moments = [0, 1, 3, 5, 6, 44, 45];
  const scale = timeScale(moments, 53, new Set());
  const fold = scale.stretches.find(({ isFolded }) => isFolded);
  expect(fold?.from).toBeGreaterThan(6);
  expect(fold?.to).toBeLessThan(44);
  const places = moments.map(scale.at);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(scale.at(53)).toBeCloseTo(1);
  const opened = timeScale(moments, 53, new Set([Math.round(fold?.from ?? 0)]));
  expect(opened.stretches.some(({ isFolded }) => isFolded)).toBe(false);
  expect(timeScale([0, 1], 500, new Set()).stretches.some(({ isFolded }) => isFolded)).toBe(false);
});

test('2,000 nodes with 20,000 links are read, derived and laid out without holding up a page', () => {
  const nodes = Array.from({ length: 2_500 }, (_, index) => ({ key: `n${index}`, task: 't' }));
  const links = Array.from({ length: 25_000 }, (_, index) => {
    const to = 1 + (index % 1_999);
    return { from: `n${(index * 7) % to}`, to: `n${to}`, input: `i${index}`, append: true };
  });
  const read = readGraph({ name: 'n'.repeat(100_000), nodes, links });
  if (!read) throw new Error('The graph was not read');
  expect([read.nodes.length, read.links.length, read.name.length]).toEqual([2_000, 20_000, 200]);
  const index = indexGraph(read);
  expect(index.order).toHaveLength(2_000);
  expect(layOutRanks(index).nodes.size).toBe(2_000);
  expect(Object.keys(states({ index }))).toHaveLength(2_000);
});
