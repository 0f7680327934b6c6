import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import type { RunEngine } from '../../../../backend/workflows/RunEngine.ts';
import { WorkflowRun } from '../../../../backend/workflows/WorkflowRun.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an engine without room is asked again, and what it did not take counts as given to no node', async () => {
  const text = 'x'.repeat(7_000_000);
  let refusals = 0;
  const engine: RunEngine = {
    definitions: new Map(),
    count: () => Promise.reject(new Error('not asked')),
    get: async () => undefined,
    events: () => {
      throw new Error('not asked');
    },
    nodesOf: async () => [],
    results: async (ids) => new Map(ids.map((id) => [id, { text }])),
    cancelNodes: async () => {},
    async startNode({ params }) {
      // 40 times 7 million characters are more than the nodes of a run may be given together.
      if ('text' in params && refusals++ < 40)
        throw new TaskRefusal({ code: 'rate-limited', message: 'full' });
      return { id: 'text' in params ? 'b' : 'a', status: 'succeeded' };
    },
  };
  const graph = {
    name: 'Two',
    nodes: [
      { key: 'first', task: 'make' },
      { key: 'second', task: 'take' },
    ],
    links: [{ from: 'first', to: 'second', output: 'text', input: 'text' }],
  };
  const controls = {
    taskId: '0'.repeat(32),
    attempt: 1,
    signal: new AbortController().signal,
    progress: async () => {},
    log() {},
    item: async () => undefined,
  };
  const ended = new WorkflowRun(engine, { graph, as: { owner: 'ann' } }, controls).run();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await ended).toEqual({ tasks: { first: 'a', second: 'b' } });
  expect(refusals).toBe(41);
  expect(vi.getTimerCount()).toBe(0);
});
