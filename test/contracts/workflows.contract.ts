import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TaskDefinition } from '../../backend/tasks/defineTask.ts';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import {
  type TaskEvent,
  type TaskSnapshot,
  WORKFLOW_TASK,
  type WorkflowGraph,
  type WorkflowLink,
  type WorkflowNode,
} from '../../src/contract/index.ts';
import { definitions, smallTown } from '../support/tasks/definitions.ts';
import { nodeTasks } from '../support/tasks/nodeTasks.ts';
import type { EngineSetup } from './taskEngine.contract.ts';

const ann = { owner: 'ann' };
const bob = { owner: 'bob' };
const all: TaskDefinition[] = [...definitions, ...nodeTasks];

/** What every engine promises of workflows. `createEngine` is called anew for each test. */
export function declareWorkflowsContract(
  name: string,
  createEngine: (setup: EngineSetup) => Promise<{ engine: TaskEngine }>,
  { fanOut = 1_000 }: { fanOut?: number } = {},
): void {
  describe(`${name}: workflows`, () => {
    let engine: TaskEngine;
    let gates = 0;
    const newGate = () => `${name} workflow ${++gates}`;
    beforeEach(async () => {
      ({ engine } = await createEngine({ definitions: all, town: smallTown }));
    });
    afterEach(() => engine.close());

    const start = async (graph: WorkflowGraph, more: Record<string, unknown> = {}, caller: Caller = ann) =>
      (await engine.enqueue({ name: WORKFLOW_TASK, params: { graph, ...more } }, caller)).task.id;
    const get = async (id: string, caller: Caller = ann): Promise<TaskSnapshot> => {
      const task = await engine.get(id, caller);
      if (!task) throw new Error(`${id} is gone`);
      return task;
    };
    async function eventsOf(id: string): Promise<TaskEvent[]> {
      const events: TaskEvent[] = [];
      for await (const event of engine.events({ cursors: { [id]: null } }, { caller: ann }))
        events.push(event);
      return events;
    }
    const ended = async (id: string) => {
      await eventsOf(id);
      return get(id);
    };
    /** The tasks of a run's nodes, by node. */
    const nodesOf = async (run: string, caller: Caller = ann): Promise<Record<string, TaskSnapshot>> => {
      const found: TaskSnapshot[] = [];
      let cursor: string | undefined;
      do {
        const query = { tag: `run:${run}`, limit: 200, ...(cursor !== undefined && { cursor }) };
        const page = await engine.list(query, caller);
        found.push(...page.tasks);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return Object.fromEntries(
        found.map((task) => [task.tags.find((tag) => tag.startsWith('node:'))?.slice('node:'.length), task]),
      );
    };
    const statuses = async (run: string) =>
      Object.fromEntries(Object.entries(await nodesOf(run)).map(([node, { status }]) => [node, status]));
    const resultOf = async (run: TaskSnapshot, node: string) => {
      const tasks = taskIds(run);
      return (await get(String(tasks[node]))).result;
    };

    test('a diamond: nodes wait for those before them and are given what these made', async () => {
      const run = await ended(await start(diamond()));
      expect(run).toMatchObject({
        status: 'succeeded',
        progress: { percent: 100, done: 4, total: 4, message: '4 of 4 done' },
        items: { ok: 4, failed: 0, failures: [] },
      });
      expect(await resultOf(run, 'd')).toEqual({ value: 3 + 10 + 3 });
      const nodes = await nodesOf(run.id);
      expect(Object.keys(nodes).sort()).toEqual(['a', 'b', 'c', 'd']);
      expect(nodes.d).toMatchObject({
        owner: 'ann',
        tags: [`run:${run.id}`, 'node:d'],
        params: { values: [13, 3] },
      });
      for (const [before, after] of [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'd'],
      ] as const) {
        expect(Date.parse(nodes[after]?.createdAt ?? '')).toBeGreaterThanOrEqual(
          Date.parse(nodes[before]?.finishedAt ?? ''),
        );
      }
      const { items } = await engine.items(run.id, {}, ann);
      expect(items.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd']);
    });

    test('several entries, several ends, and orders without a value; progress is weighted and never goes back', async () => {
      const gate = newGate();
      const graph: WorkflowGraph = {
        name: 'Two ways',
        nodes: [
          { key: 'quick', task: 'give', weight: 1 },
          { key: 'slow', task: 'wait', params: { gate }, weight: 7 },
          { key: 'after', task: 'give', weight: 2 },
          { key: 'alone', task: 'sum', params: { plus: 2 } },
        ],
        links: [{ from: 'quick', to: 'after' }],
      };
      const id = await start(graph);
      // 'wait' says that it has done 10 %.
      await expect
        .poll(async () => (await get(id)).progress)
        .toMatchObject({
          done: 3,
          total: 4,
          percent: expect.closeTo((100 * 4.7) / 11),
          message: '3 of 4 done',
        });
      await engine.enqueue({ name: 'open', params: { gate } }, ann);
      const events = await eventsOf(id);
      const percents = events.flatMap((event) =>
        event.type === 'progress' ? (event.progress.percent ?? 0) : [],
      );
      expect(percents).toEqual([...percents].sort((a, b) => a - b));
      expect(events.at(-1)).toMatchObject({ type: 'succeeded' });
    });

    test(`a fan-out of ${fanOut}, and a join of them all`, { timeout: 30_000 }, async () => {
      const middle = Array.from({ length: fanOut }, (_, i) => `m${i}`);
      const graph: WorkflowGraph = {
        name: 'Fan-out',
        nodes: [
          { key: 'first', task: 'give', params: { value: 1 } },
          ...middle.map((key) => ({ key, task: 'sum' })),
          { key: 'last', task: 'sum' },
        ],
        links: [
          ...middle.map((to) => ({ from: 'first', output: 'value', to, input: 'plus' })),
          ...middle.map((from) => appended(from, 'last')),
        ],
      };
      const run = await ended(await start(graph));
      expect(run).toMatchObject({ status: 'succeeded', items: { ok: fanOut + 2, failed: 0 } });
      expect(await resultOf(run, 'last')).toEqual({ value: fanOut });
      expect(Object.keys(await nodesOf(run.id))).toHaveLength(fanOut + 2);
    });

    test('a failed node fails the run with its name and reason; what does not need it goes on, and what is done is kept', async () => {
      const gate = newGate();
      const graph: WorkflowGraph = {
        name: 'Fails',
        nodes: [
          { key: 'survey', task: 'give' },
          { key: 'plan', task: 'fail', params: { message: 'no way there', code: 'no-way' } },
          { key: 'build', task: 'give' },
          { key: 'report', task: 'give' },
          { key: 'other', task: 'wait', params: { gate } },
          { key: 'end', task: 'give' },
        ],
        links: [
          { from: 'survey', to: 'plan' },
          { from: 'plan', to: 'build' },
          { from: 'build', to: 'report' },
          { from: 'other', to: 'report' },
          { from: 'other', to: 'end' },
        ],
      };
      const id = await start(graph);
      await expect.poll(() => statuses(id)).toMatchObject({ plan: 'failed', other: 'running' });
      expect((await get(id)).status).toBe('running');
      await engine.enqueue({ name: 'open', params: { gate } }, ann);
      const run = await ended(id);
      expect(run).toMatchObject({
        status: 'failed',
        error: { code: 'node-failed', details: { node: 'plan', code: 'no-way' } },
        items: { ok: 3, failed: 1, failures: [{ id: 'plan', code: 'no-way', message: 'no way there' }] },
      });
      expect(run.error?.message).toBe('Node "plan" failed: no way there');
      expect(await statuses(id)).toEqual({
        survey: 'succeeded',
        plan: 'failed',
        other: 'succeeded',
        end: 'succeeded',
      });
    });

    test('a node that its schema or its check refuses, and a result without what is linked, fail with the names', async () => {
      const graph = (node: Omit<WorkflowNode, 'key'>, link: Partial<WorkflowLink>): WorkflowGraph => ({
        name: 'Refused',
        nodes: [
          { key: 'first', task: 'give', params: { value: 'text' } },
          { key: 'second', ...node },
        ],
        links: [{ from: 'first', to: 'second', ...link }],
      });
      const cases: [WorkflowGraph, RegExp][] = [
        [graph({ task: 'sum' }, { output: 'value', input: 'plus' }), /^Node "second" failed: .*"plus"/],
        [graph({ task: 'checked', params: { pole: 99 } }, {}), /^Node "second" failed: There is no pole 99/],
        [graph({ task: 'sum' }, { output: 'length', input: 'plus' }), /"second" .*"length" .*"first"/],
      ];
      for (const [refused, message] of cases) {
        const run = await ended(await start(refused));
        expect(run).toMatchObject({
          status: 'failed',
          error: { code: 'node-failed', details: { node: 'second' } },
        });
        expect(run.error?.message).toMatch(message);
        expect(await statuses(run.id)).toEqual({ first: 'succeeded' });
      }
    });

    test('a graph that cannot run is refused whole: unknown tasks, a permission that lacks, a workflow within, cycles, params of the engine’s', async () => {
      const one = (task: string): WorkflowGraph => ({
        name: 'One',
        nodes: [
          { key: 'fine', task: 'give' },
          { key: 'odd', task },
        ],
        links: [],
      });
      const cycle: WorkflowGraph = { ...diamond(), links: [...diamond().links, { from: 'd', to: 'a' }] };
      const cases: [() => Promise<unknown>, { code: string; message: RegExp }][] = [
        [() => start(one('no_such_task')), { code: 'unknown-task', message: /Node "odd": .*no_such_task/ }],
        [() => start(one('secret_task')), { code: 'forbidden', message: /Node "odd": .*"plan"/ }],
        [() => start(one(WORKFLOW_TASK)), { code: 'invalid-params', message: /Node "odd": / }],
        [() => start(cycle), { code: 'invalid-params', message: /"a"/ }],
        [() => start(one('give'), { as: { owner: 'bob' } }), { code: 'invalid-params', message: /"as"/ }],
        [() => start(one('give'), { only: ['nobody'] }), { code: 'invalid-params', message: /nobody/ }],
        [
          () => start(one('give'), { kept: { fine: 'x' } }),
          { code: 'task-not-found', message: /Node "fine"/ },
        ],
        [() => start(one('service_operation')), { code: 'unknown-task', message: /Node "odd": / }],
      ];
      for (const [started, { code, message }] of cases) {
        await expect(started()).rejects.toMatchObject({
          error: { code, message: expect.stringMatching(message) },
        });
      }
      expect((await engine.list({}, ann)).tasks).toEqual([]);
      const allowed = await engine.enqueue(
        { name: WORKFLOW_TASK, params: { graph: one('secret_task') } },
        { ...ann, permissions: ['plan'] },
      );
      expect(await ended(allowed.task.id)).toMatchObject({ status: 'succeeded' });
    });

    test('cancelled in the middle: its nodes end, and none starts afterwards', async () => {
      const gate = newGate();
      const many = Array.from({ length: 12 }, (_, i) => `n${i}`);
      const graph: WorkflowGraph = {
        name: 'Cancelled',
        nodes: [
          ...many.map((key) => ({ key, task: 'wait', params: { gate } })),
          { key: 'last', task: 'give' },
        ],
        links: many.map((from) => ({ from, to: 'last' })),
      };
      const id = await start(graph);
      await expect.poll(async () => Object.keys(await nodesOf(id)).length).toBe(12);
      await expect
        .poll(async () => Object.values(await statuses(id)).filter((status) => status === 'running').length)
        .toBe(2);
      await engine.cancel(id, ann);
      expect(await ended(id)).toMatchObject({ status: 'cancelled', cancelledBy: 'ann' });
      await expect.poll(async () => [...new Set(Object.values(await statuses(id)))]).toEqual(['cancelled']);
      const nodes = Object.values(await nodesOf(id));
      expect(nodes).toHaveLength(12);
      expect(nodes.filter(({ startedAt }) => startedAt !== undefined)).toHaveLength(2);
    });

    test('a node that is cancelled by hand fails its run, which says so', async () => {
      const gate = newGate();
      const graph: WorkflowGraph = {
        name: 'By hand',
        nodes: [
          { key: 'first', task: 'wait', params: { gate } },
          { key: 'second', task: 'give' },
        ],
        links: [{ from: 'first', to: 'second' }],
      };
      const id = await start(graph);
      await expect.poll(() => statuses(id)).toEqual({ first: 'running' });
      const first = (await nodesOf(id)).first?.id ?? '';
      await engine.cancel(first, ann);
      expect(await ended(id)).toMatchObject({
        status: 'failed',
        error: {
          message: 'Node "first" failed: it was cancelled by ann',
          details: { node: 'first', taskId: first },
        },
      });
    });

    test('four starts at once with one key are one run', async () => {
      const request = { name: WORKFLOW_TASK, params: { graph: diamond() }, idempotencyKey: 'mine' };
      const starts = await Promise.all([1, 2, 3, 4].map(() => engine.enqueue(request, ann)));
      expect(new Set(starts.map(({ task }) => task.id)).size).toBe(1);
      expect(starts.filter(({ created }) => created)).toHaveLength(1);
      await ended(starts[0]?.task.id ?? '');
      expect((await engine.list({ name: WORKFLOW_TASK }, ann)).tasks).toHaveLength(1);
      expect((await engine.count({}, ann)).byStatus.succeeded).toBe(5);
      // Later and with other permissions it is the same run.
      const again = await engine.enqueue(request, { ...ann, permissions: ['plan'] });
      expect(again).toMatchObject({ created: false, task: { id: starts[0]?.task.id } });
    });

    test('a stranger sees neither the run nor its nodes, and nobody puts a task into another one’s run', async () => {
      const run = await ended(await start(diamond()));
      const { a } = await nodesOf(run.id);
      expect(await nodesOf(run.id, bob)).toEqual({});
      expect(await engine.get(run.id, bob)).toBeUndefined();
      expect(await engine.get(a?.id ?? '', bob)).toBeUndefined();
      await expect(engine.retry(run.id, bob)).rejects.toMatchObject({ error: { code: 'task-not-found' } });
      await expect(start(diamond(), { kept: { a: a?.id } }, bob)).rejects.toMatchObject({
        error: { code: 'task-not-found' },
      });
      const idempotencyKey = `lrt-node/${run.id}/e`;
      await expect(engine.enqueue({ name: 'give', params: {}, idempotencyKey }, ann)).rejects.toMatchObject({
        error: { code: 'invalid-request' },
      });
    });

    test('lists and watches have a run without its graph; the run itself has it', async () => {
      const watch = engine.watch({ filter: { name: WORKFLOW_TASK } }, { caller: ann });
      const first = await watch.next();
      expect(first.value).toMatchObject({ type: 'watching' });
      const run = await ended(await start(diamond()));
      const graph = { name: 'Diamond', nodes: [], links: [] };
      const { tasks } = await engine.list({ name: WORKFLOW_TASK }, ann);
      expect(tasks).toMatchObject([{ id: run.id, params: { graph } }]);
      const whole = await engine.list({ nodes: false }, ann);
      expect(whole.tasks.map(({ id }) => id)).toEqual([run.id]);
      expect((await engine.count({ nodes: false }, ann)).byStatus.succeeded).toBe(1);
      expect((await engine.count({}, ann)).byStatus.succeeded).toBe(5);
      const { value } = await watch.next();
      watch.close();
      expect(value).toMatchObject({ type: 'task', task: { id: run.id, params: { graph } } });
      expect(run.params.graph).toEqual(diamond());
      const [snapshot] = await eventsOf(run.id);
      expect(snapshot).toMatchObject({ type: 'snapshot', task: { params: { graph: diamond() } } });
    });

    test('retries keep what has succeeded: of what failed, from a node, and of certain nodes alone', async () => {
      const key = newGate();
      const graph: WorkflowGraph = {
        name: 'Retried',
        nodes: [
          { key: 'a', task: 'give', params: { value: 1 } },
          { key: 'b', task: 'give' },
          { key: 'flaky', task: 'flaky', params: { key, failures: 1, refuse: true } },
          { key: 'end', task: 'give' },
        ],
        links: [
          { from: 'a', output: 'value', to: 'b', input: 'value' },
          { from: 'b', to: 'flaky' },
          { from: 'flaky', to: 'end' },
        ],
      };
      const first = await ended(await start(graph));
      expect(first).toMatchObject({ status: 'failed', error: { details: { node: 'flaky' } } });
      await expect(engine.retry(first.id, ann, { nodes: { only: ['end'] } })).rejects.toMatchObject({
        error: { code: 'not-retryable', details: { node: 'end', needs: 'flaky' } },
      });
      await expect(engine.retry(first.id, ann, { nodes: { from: ['x'] } })).rejects.toMatchObject({
        error: { code: 'invalid-params' },
      });
      const second = await ended((await engine.retry(first.id, ann, { items: 'failed' })).id);
      expect(second).toMatchObject({
        status: 'succeeded',
        retryOf: first.id,
        progress: { message: '4 of 4 done', percent: 100 },
      });
      const before = await nodesOf(first.id);
      expect(await statuses(second.id)).toEqual({ flaky: 'succeeded', end: 'succeeded' });
      expect(taskIds(second)).toMatchObject({ a: before.a?.id, b: before.b?.id });
      await expect(engine.retry(second.id, ann, { items: 'failed' })).rejects.toMatchObject({
        error: { code: 'not-retryable' },
      });
      // What the second run had kept of the first one is kept again, with the result that it had.
      const third = await ended((await engine.retry(second.id, ann, { nodes: { from: ['b'] } })).id);
      expect(third.status).toBe('succeeded');
      expect(taskIds(third).a).toBe(before.a?.id);
      expect(Object.keys(await nodesOf(third.id)).sort()).toEqual(['b', 'end', 'flaky']);
      expect(await resultOf(third, 'b')).toEqual({ value: 1 });
      const fourth = await ended((await engine.retry(third.id, ann, { nodes: { only: ['b'] } })).id);
      expect(fourth.status).toBe('succeeded');
      expect(Object.keys(await nodesOf(fourth.id))).toEqual(['b']);
      expect(taskIds(fourth).end).toBe(taskIds(third).end);
      const whole = await ended((await engine.retry(fourth.id, ann)).id);
      expect(Object.keys(await nodesOf(whole.id)).sort()).toEqual(['a', 'b', 'end', 'flaky']);
      // A node that is retried by itself is a task like any other.
      const alone = await engine.retry(before.a?.id ?? '', ann);
      expect(alone.tags).toEqual([]);
      await expect(engine.retry(alone.id, ann, { nodes: { only: ['a'] } })).rejects.toMatchObject({
        error: { code: 'invalid-request' },
      });
    });

    test('a run that is cleared takes its nodes along; while it runs they stay', async () => {
      const gate = newGate();
      const graph: WorkflowGraph = {
        name: 'Cleared',
        nodes: [
          { key: 'first', task: 'give' },
          { key: 'second', task: 'wait', params: { gate } },
        ],
        links: [{ from: 'first', to: 'second' }],
      };
      const id = await start(graph);
      await expect.poll(() => statuses(id)).toEqual({ first: 'succeeded', second: 'running' });
      const { first } = await nodesOf(id);
      expect(await engine.clear([first?.id ?? '', id], ann)).toMatchObject({ cleared: [] });
      await engine.enqueue({ name: 'open', params: { gate } }, ann);
      await ended(id);
      expect(await engine.clear([id], ann)).toEqual({ cleared: [id], active: [] });
      expect(await nodesOf(id)).toEqual({});
      expect(await engine.get(first?.id ?? '', ann)).toBeUndefined();
    });
  });
}

function diamond(): WorkflowGraph {
  return {
    name: 'Diamond',
    nodes: [
      { key: 'a', task: 'give', params: { value: 3 } },
      { key: 'b', task: 'sum', params: { plus: 10 } },
      { key: 'c', task: 'sum' },
      { key: 'd', task: 'sum' },
    ],
    links: [appended('a', 'b'), appended('a', 'c'), appended('b', 'd'), appended('c', 'd')],
  };
}

function appended(from: string, to: string): WorkflowLink {
  return { from, output: 'value', to, input: 'values', append: true };
}

/** The tasks of a run's nodes, as its result has them. */
function taskIds({ result }: TaskSnapshot): Record<string, unknown> {
  if (typeof result !== 'object' || result === null || !('tasks' in result)) throw new Error('no result');
  return Object.fromEntries(Object.entries(Object(result.tasks)));
}
