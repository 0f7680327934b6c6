import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { TownData } from '../../backend/network/TownData.ts';
import type { TaskDefinition } from '../../backend/tasks/defineTask.ts';
import type { Caller, TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { type GeoFeature, isTerminal, type TaskError, type TaskEvent } from '../../src/contract/index.ts';
import { definitions, poleCount, smallTown } from '../support/tasks/definitions.ts';
import { declarePreviewContract } from './preview.contract.ts';
import { declareUndoContract } from './undo.contract.ts';

export interface EngineSetup {
  definitions: TaskDefinition[];
  /** What the store is to hold. */
  town: TownData;
  /** How many tasks of one owner run or stand in line, in all queues together. Default 10. */
  tasksPerOwner?: number;
}

const ann = { owner: 'ann' };
const bob = { owner: 'bob' };
const admin = { owner: 'root', admin: true };

/** What every engine promises. Two tasks at a time in each queue. `createEngine` is called anew for each test. */
export function declareTaskEngineContract(
  name: string,
  createEngine: (setup: EngineSetup) => Promise<{ engine: TaskEngine; store: NetworkStore }>,
): void {
  describe(`${name}: the engine contract`, () => {
    let engine: TaskEngine;
    let store: NetworkStore;
    let gateCount = 0;
    const newGate = () => `${name} ${gateCount++}`;

    beforeEach(async () => {
      ({ engine, store } = await createEngine({ definitions, town: smallTown }));
    });
    afterEach(() => engine.close());

    /** In place of the engine that each test starts with. */
    const replaceEngine = async (setup: Partial<EngineSetup>) => {
      await engine.close();
      ({ engine, store } = await createEngine({ definitions, town: smallTown, ...setup }));
    };
    const run = async (task: string, params: Record<string, unknown> = {}, caller: Caller = ann) =>
      (await engine.enqueue({ name: task, params }, caller)).task;
    const openGate = async (gate: string) => allEvents((await run('open', { gate })).id);

    async function* follow(id: string, cursor: number | null = null, caller = ann) {
      yield* engine.events({ cursors: { [id]: cursor } }, { caller, signal: new AbortController().signal });
    }
    async function allEvents(id: string, cursor: number | null = null): Promise<TaskEvent[]> {
      const events: TaskEvent[] = [];
      for await (const event of follow(id, cursor)) events.push(event);
      return events;
    }
    async function until(id: string, wanted: (event: TaskEvent) => boolean): Promise<TaskEvent> {
      for await (const event of follow(id)) if (wanted(event)) return event;
      throw new Error('the stream ended without the event that was waited for');
    }
    const isWaiting = (event: TaskEvent) =>
      (event.type === 'progress' && event.progress.message !== '') ||
      (event.type === 'snapshot' && event.task.progress.message !== '');
    const ended = async (id: string) => {
      const events = await allEvents(id);
      return events.at(-1);
    };

    describe('a task', () => {
      test('is answered as queued, runs, and ends with its result', async () => {
        const task = await run('count', { to: 3 });
        expect(task).toMatchObject({ name: 'count', status: 'queued', owner: 'ann', attempt: 1, tags: [] });
        expect(await ended(task.id)).toMatchObject({ type: 'succeeded', result: { counted: 3 } });
        expect(await engine.get(task.id, ann)).toMatchObject({
          status: 'succeeded',
          result: { counted: 3 },
          progress: { percent: 100, message: '3 / 3 counted', done: 3, total: 3 },
        });
      });

      test('keeps its own copy of the params', async () => {
        const params = { to: 2 };
        const task = await run('count', params);
        params.to = 5;
        await ended(task.id);
        expect((await engine.get(task.id, ann))?.params).toEqual({ to: 2 });
      });

      test('numbers its events densely from 1 and ends with exactly one terminal event', async () => {
        const task = await run('count', { to: 50 });
        const events = await allEvents(task.id, 0);
        expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
        expect(events.filter((event) => isTerminal(event.type))).toHaveLength(1);
        expect(events.at(-1)?.type).toBe('succeeded');
        expect(events.filter((event) => event.type === 'snapshot').map((event) => event.task.status)).toEqual(
          ['queued', 'running'],
        );
      });

      test('says what it failed of, and no stack trace', async () => {
        const task = await run('fail', { message: 'the pole is gone' });
        expect(await ended(task.id)).toMatchObject({
          type: 'failed',
          error: { code: 'exception', message: 'the pole is gone' },
        });
        const snapshot = await engine.get(task.id, ann);
        expect(snapshot).toMatchObject({
          status: 'failed',
          progress: { percent: 30, message: 'about to fail' },
        });
        expect(JSON.stringify(snapshot)).not.toContain('definitions.ts');
      });

      test('may fail with a code and details of its own', async () => {
        const task = await run('fail', { message: 'only 3 addresses', code: 'not-enough-addresses' });
        expect(await ended(task.id)).toMatchObject({
          error: { code: 'not-enough-addresses', details: { available: 3 } },
        });
      });

      test('fails when its time is up', async () => {
        const task = await run('impatient');
        expect(await ended(task.id)).toMatchObject({
          type: 'failed',
          error: { code: 'timeout', details: { timeoutSeconds: 0.02 } },
        });
      });

      test('cuts features into events of a bounded size', async () => {
        const events = await allEvents((await run('large', { features: 20, charsEach: 50_000 })).id, 0);
        const cut = events.flatMap((event) => (event.type === 'features' ? [event.features] : []));
        expect(cut.flat().map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `pole/${i + 1}`));
        for (const features of cut) expect(JSON.stringify(features).length).toBeLessThan(2 ** 18 + 1_000);
      });

      test('that built more than fits into one event is followed in events of a bounded size, from any of them', async () => {
        const gate = newGate();
        const { id } = await run('large', { features: 40, charsEach: 100_000, gate });
        await until(id, isWaiting);
        const box = [0, 0, 39 / 1e6, 0];
        const built = { count: 40, tables: ['pole'], bbox: box };
        expect(await engine.get(id, ann)).toMatchObject({ status: 'running', built });
        let drawn: string[] = [];
        let seen: number | null = null;
        // A connection that breaks after each event.
        while (drawn.length < 40) {
          const { value: event } = await follow(id, seen).next();
          if (!event) throw new Error('the stream ended');
          expect(event.seq).toBeGreaterThan(seen ?? 0);
          expect(JSON.stringify(event).length).toBeLessThan(2 ** 18 + 1_000);
          if (seen === null) expect(event).toMatchObject({ type: 'snapshot', task: { built }, features: [] });
          if (event.type === 'snapshot' && event.features) drawn = [];
          if (event.type === 'features') drawn.push(...event.features.map((feature) => feature.id));
          seen = event.seq;
        }
        expect(drawn).toEqual(Array.from({ length: 40 }, (_, i) => `pole/${i + 1}`));
        const rest = allEvents(id, seen);
        await openGate(gate);
        const newer = await rest;
        expect(newer.filter(({ type }) => type === 'features')).toEqual([]);
        expect(newer.at(-1)?.type).toBe('succeeded');
        // Where a task worked is known after its end as well.
        expect((await engine.get(id, ann))?.built).toEqual(built);
      });

      test('refuses a feature and a result that are too large, by name', async () => {
        const [feature, result] = await Promise.all([
          run('large', { features: 1, charsEach: 4 * 2 ** 20 }),
          run('large', { resultChars: 8 * 2 ** 20 }),
        ]);
        expect(await ended(feature.id)).toMatchObject({
          type: 'failed',
          error: { message: expect.stringMatching(/"features\[0\]" \(pole\/1\) has \d+ characters/) },
        });
        expect(await ended(result.id)).toMatchObject({
          type: 'failed',
          error: { code: 'result-too-large', message: expect.stringContaining('The result of "large"') },
        });
      });

      test('gives each feature once, and shows those of a running task to who comes later', async () => {
        const task = await run('count', { to: 300, draw: true });
        const events = await allEvents(task.id, 0);
        const drawn = events.flatMap((event): GeoFeature[] =>
          event.type === 'features' ? event.features : [],
        );
        expect(drawn.map((feature) => feature.id)).toEqual(
          Array.from({ length: 300 }, (_, i) => `pole/${i + 1}`),
        );
      });
    });

    describe('params', () => {
      const refusal = async (task: string, params: Record<string, unknown>) => errorOf(run(task, params));

      test.each([
        [{}, 'to', 'missing'],
        [{ to: 'abc' }, 'to', 'wrong-type'],
        [{ to: 1.5 }, 'to', 'wrong-type'],
        [{ to: null }, 'to', 'wrong-type'],
        [{ to: 0 }, 'to', 'out-of-range'],
        [{ to: -1 }, 'to', 'out-of-range'],
        [{ to: 1e9 }, 'to', 'out-of-range'],
        [{ to: 1, colour: 'red' }, 'colour', 'unknown'],
        [{ to: 1, unit: 'cables' }, 'unit', 'not-allowed'],
      ])('%j are refused: %s is %s', async (params, parameter, code) => {
        const error = await refusal('count', params);
        expect(error.code).toBe('invalid-params');
        expect(error.parameters).toEqual([expect.objectContaining({ parameter, code })]);
        expect(error.message).toContain(`"${parameter}"`);
      });

      test('name what was expected', async () => {
        const error = await refusal('count', { to: 'abc', unit: 'cables' });
        expect(error.parameters?.map(({ expected }) => expected)).toEqual([
          'a number',
          '"houses" or "poles"',
        ]);
      });

      test('are checked against the network before anything is queued', async () => {
        expect(await refusal('checked', { pole: 99 })).toMatchObject({
          code: 'invalid-params',
          parameters: [{ parameter: 'pole', code: 'not-found' }],
        });
        expect((await engine.list({}, ann)).tasks).toEqual([]);
      });

      test('of an unknown task are not looked at: the known tasks are named', async () => {
        const error = await refusal('make_coffee', {});
        expect(error.code).toBe('unknown-task');
        expect(error.message).toContain('make_coffee');
        expect(error.message).toContain('count');
      });

      test('nested without end are refused', async () => {
        let deep: Record<string, unknown> = {};
        for (let i = 0; i < 10_000; i++) deep = { deep };
        expect(await refusal('count', deep)).toMatchObject({ code: 'invalid-params' });
      });
    });

    describe('the network', () => {
      test('has what a task wrote once it succeeded, and sees its own writes before', async () => {
        const before = await poleCount(store);
        const task = await run('write', { end: 'return' });
        expect(await ended(task.id)).toMatchObject({ type: 'succeeded' });
        expect(await poleCount(store)).toBe(before + 1);
        const { result } = (await engine.get(task.id, ann)) ?? {};
        expect(result).toEqual({ before, after: before + 1 });
      });

      test('knows which records each task has built, also one that was tried again', async () => {
        const tasks = [];
        for (const [name, params] of [
          ['write', { end: 'return' }],
          ['flaky', { key: newGate(), failures: 1 }],
          ['write', { end: 'throw' }],
        ] as const) {
          const task = await run(name, params);
          tasks.push(task);
          // Two that write to one design at the same time may conflict.
          await ended(task.id);
        }
        const built = await Promise.all(
          tasks.map(async ({ id }) => (await store.features({ task: id, limit: 10 })).features),
        );
        expect(built.map((features) => features.length)).toEqual([1, 1, 0]);
        expect(new Set(built.flat().map(({ id }) => id)).size).toBe(2);
      });

      test.each(['throw', 'wait'])('has nothing of a task that ended otherwise (%s)', async (end) => {
        const before = await poleCount(store);
        const task = await run('write', { end });
        if (end === 'wait') {
          await until(task.id, isWaiting);
          await engine.cancel(task.id, ann);
        }
        const last = await ended(task.id);
        expect(last?.type).toBe(end === 'wait' ? 'cancelled' : 'failed');
        expect(await poleCount(store)).toBe(before);
      });
    });

    describe('cancelling', () => {
      test('a running task aborts it', async () => {
        const task = await run('wait', { gate: newGate() });
        await until(task.id, isWaiting);
        expect(await engine.cancel(task.id, ann)).toMatchObject({ status: 'running', cancelRequested: true });
        const events = await allEvents(task.id, 0);
        expect(events.at(-1)?.type).toBe('cancelled');
        expect(events).toContainEqual(
          expect.objectContaining({
            type: 'snapshot',
            task: expect.objectContaining({ cancelRequested: true }),
          }),
        );
        const snapshot = await engine.get(task.id, ann);
        expect(snapshot?.status).toBe('cancelled');
        expect(snapshot).not.toHaveProperty('cancelRequested');
      });

      test('a queued task ends it at once, without a run', async () => {
        const gate = newGate();
        const [a, b] = [await run('wait', { gate }), await run('wait', { gate })];
        const queued = await run('wait', { gate });
        expect(await engine.cancel(queued.id, ann)).toMatchObject({ status: 'cancelled' });
        const events = await allEvents(queued.id, 0);
        expect(events.map((event) => event.type)).toEqual(['snapshot', 'cancelled']);
        await openGate(gate);
        await Promise.all([ended(a.id), ended(b.id)]);
      });

      test('a task that hears no signal ends it all the same', async () => {
        const task = await run('deaf');
        await until(task.id, isWaiting);
        await engine.cancel(task.id, ann);
        expect(await ended(task.id)).toMatchObject({ type: 'cancelled' });
      });

      test('twice is once; a task that has ended is refused', async () => {
        const task = await run('wait', { gate: newGate() });
        await until(task.id, isWaiting);
        await engine.cancel(task.id, ann);
        await engine.cancel(task.id, ann).catch((error) => expect(error.error.code).toBe('already-finished'));
        await ended(task.id);
        expect(await errorOf(engine.cancel(task.id, ann))).toMatchObject({ code: 'already-finished' });
        expect(await errorOf(engine.cancel('nothing', ann))).toMatchObject({ code: 'task-not-found' });
      });

      test('says who asked first and when, to followers, in the task and after its end', async () => {
        const task = await run('deaf');
        await until(task.id, isWaiting);
        const asked = await engine.cancel(task.id, admin);
        expect(asked).toMatchObject({ cancelRequested: true, cancelledBy: 'root' });
        const { cancelRequestedAt = '' } = asked;
        expect(Date.parse(cancelRequestedAt)).toBeGreaterThanOrEqual(Date.parse(task.createdAt));
        const who = { cancelledBy: 'root', cancelRequestedAt };
        // The task takes a second to end, and its owner asks as well.
        expect(await engine.cancel(task.id, ann)).toMatchObject(who);
        const events = await allEvents(task.id, 0);
        const marked = events.filter(({ type }) => type === 'snapshot').at(-1);
        expect(marked).toMatchObject({ task: { cancelRequested: true, ...who } });
        expect(events.at(-1)).toMatchObject({ type: 'cancelled', ...who });
        expect(await engine.get(task.id, ann)).toMatchObject({ status: 'cancelled', ...who });
        const { tasks } = await engine.list({}, ann);
        expect(tasks.find(({ id }) => id === task.id)).toMatchObject(who);
        // Whoever comes after the end gets it too.
        expect((await allEvents(task.id, 1_000_000)).at(-1)).toMatchObject({ type: 'cancelled', ...who });
      });

      test('says so of a task that waited, and a task that nobody cancelled names nobody', async () => {
        const gate = newGate();
        const blockers = [await run('wait', { gate }), await run('wait', { gate })];
        const queued = await run('wait', { gate });
        expect(await engine.cancel(queued.id, admin)).toMatchObject({
          status: 'cancelled',
          cancelledBy: 'root',
          cancelRequestedAt: expect.any(String),
        });
        expect(await ended(queued.id)).toMatchObject({ type: 'cancelled', cancelledBy: 'root' });
        await openGate(gate);
        for (const { id } of blockers) {
          await ended(id);
          expect(await engine.get(id, ann)).not.toHaveProperty('cancelledBy');
        }
      });

      test('that races with completion has exactly one outcome, 200 times', async () => {
        const outcomes = new Set<string>();
        const before = await poleCount(store);
        let succeeded = 0;
        for (let i = 0; i < 200; i++) {
          const task = await run('write', { end: 'return' });
          // From "not begun" to "has ended": after so many events of it, and then a little later each time.
          let seen = 0;
          for await (const _ of follow(task.id, 0)) if (seen++ >= i % 5) break;
          for (let turn = 0; turn < i % 40; turn++) {
            if (turn % 4 === 0) await new Promise((resolve) => macrotask(resolve));
            else await null;
          }
          const cancelled = await engine.cancel(task.id, ann).then(
            () => true,
            (error: unknown) => {
              expect(error).toMatchObject({ error: { code: 'already-finished' } });
              return false;
            },
          );
          const events = await allEvents(task.id, 0);
          const terminal = events.filter((event) => isTerminal(event.type));
          expect(terminal.map((event) => event.type)).toEqual([cancelled ? 'cancelled' : 'succeeded']);
          expect(events.at(-1)).toBe(terminal[0]);
          if (!cancelled) succeeded += 1;
          outcomes.add(cancelled ? 'cancelled' : 'succeeded');
        }
        expect([...outcomes].sort()).toEqual(['cancelled', 'succeeded']);
        expect(await poleCount(store)).toBe(before + succeeded);
      });
    });

    describe('queues', () => {
      test('run two at a time, the others in turn', async () => {
        const gate = newGate();
        const tasks = [];
        for (let i = 0; i < 4; i++) tasks.push(await run('wait', { gate }));
        await Promise.all(tasks.slice(0, 2).map((task) => until(task.id, isWaiting)));
        expect(
          (await Promise.all(tasks.map((task) => engine.get(task.id, ann)))).map((t) => t?.status),
        ).toEqual(['running', 'running', 'queued', 'queued']);
        await openGate(gate);
        const ends = await Promise.all(tasks.map((task) => ended(task.id)));
        expect(ends.map((event) => event?.type)).toEqual(Array(4).fill('succeeded'));
      });

      test('never run two tasks with the same exclusive key, and let another pass', async () => {
        const [first, second, other] = [newGate(), newGate(), newGate()];
        const a = await run('wait_alone', { key: 'one', gate: first });
        const b = await run('wait_alone', { key: 'one', gate: second });
        const c = await run('wait_alone', { key: 'two', gate: other });
        await Promise.all([until(a.id, isWaiting), until(c.id, isWaiting)]);
        expect((await engine.get(b.id, ann))?.status).toBe('queued');
        await openGate(first);
        await until(b.id, isWaiting);
        await openGate(second);
        await openGate(other);
        await Promise.all([a, b, c].map((task) => ended(task.id)));
      });
    });

    describe('priority', () => {
      test('lets a task go before others that wait, and those of the same priority go in turn', async () => {
        const [one, two, urgentGate, plainGate] = [newGate(), newGate(), newGate(), newGate()];
        const blockers = [await run('wait', { gate: one }), await run('wait', { gate: two })];
        await Promise.all(blockers.map(({ id }) => until(id, isWaiting)));
        const first = await run('wait', { gate: plainGate });
        const second = await run('wait', { gate: plainGate });
        const urgent = await run('prioritised', { gate: urgentGate });
        await openGate(one);
        await until(urgent.id, isWaiting);
        const status = async (id: string) => (await engine.get(id, ann))?.status;
        expect([await status(first.id), await status(second.id)]).toEqual(['queued', 'queued']);
        await openGate(urgentGate);
        await until(first.id, isWaiting);
        expect(await status(second.id)).toBe('queued');
        await openGate(two);
        await openGate(plainGate);
        for (const { id } of [...blockers, urgent, first, second])
          expect(await ended(id)).toMatchObject({ type: 'succeeded' });
      });
    });

    describe('a task that is retried', () => {
      const statuses = (events: TaskEvent[]) =>
        events.flatMap((event) =>
          event.type === 'snapshot' ? [[event.task.status, event.task.attempt]] : [],
        );

      test('is queued again after an accident, says so, and is committed once', async () => {
        const before = await poleCount(store);
        const task = await run('flaky', { key: newGate(), failures: 2 });
        const events = await allEvents(task.id, 0);
        expect(statuses(events)).toEqual([
          ['queued', 1],
          ['running', 1],
          ['queued', 2],
          ['running', 2],
          ['queued', 3],
          ['running', 3],
        ]);
        expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
        expect(events.filter((event) => isTerminal(event.type))).toHaveLength(1);
        expect(events.at(-1)).toMatchObject({ type: 'succeeded', attempt: 3, result: { attempt: 3 } });
        const warnings = events.flatMap((event) =>
          event.type === 'log' && event.level === 'warning' ? [event.message] : [],
        );
        expect(warnings).toEqual([
          expect.stringMatching(/failure 1.* 0\.01 s/),
          expect.stringMatching(/failure 2.* 0\.02 s/),
        ]);
        expect(await poleCount(store)).toBe(before + 1);
      });

      test('takes back what it drew before it draws anew', async () => {
        const task = await run('flaky', { key: newGate(), failures: 1 });
        let drawn: unknown[] = [];
        for (const event of await allEvents(task.id, 0)) {
          if (event.type === 'features') drawn.push(...event.features.map(({ id }) => id));
          if (event.type === 'snapshot' && event.features) drawn = event.features.map(({ id }) => id);
        }
        expect(drawn).toEqual(['pole/2']);
      });

      test('stays failed after its last attempt, with the last error and nothing stored', async () => {
        const before = await poleCount(store);
        const task = await run('flaky', { key: newGate(), failures: 9 });
        expect(await ended(task.id)).toMatchObject({
          type: 'failed',
          attempt: 3,
          error: { code: 'exception', message: 'failure 3' },
        });
        expect(await poleCount(store)).toBe(before);
      });

      test('is also one whose time was up', async () => {
        const task = await run('flaky_impatient');
        expect(await ended(task.id)).toMatchObject({
          type: 'failed',
          attempt: 2,
          error: { code: 'timeout' },
        });
      });

      test('is never one that was refused', async () => {
        const task = await run('flaky', { key: newGate(), failures: 1, refuse: true });
        expect(await ended(task.id)).toMatchObject({
          type: 'failed',
          attempt: 1,
          error: { code: 'no-use' },
        });
      });

      test('can be cancelled while it waits, which ends it at once', async () => {
        const task = await run('flaky_late');
        await until(task.id, (event) => event.type === 'snapshot' && event.task.attempt === 2);
        expect(await engine.get(task.id, ann)).toMatchObject({
          status: 'queued',
          attempt: 2,
          progress: { percent: null, message: '' },
        });
        expect(await engine.cancel(task.id, ann)).toMatchObject({ status: 'cancelled' });
        expect(await ended(task.id)).toMatchObject({ type: 'cancelled' });
        expect(await errorOf(engine.cancel(task.id, ann))).toMatchObject({ code: 'already-finished' });
      });

      test('that is cancelled while it fails has one outcome, which the caller is told', async () => {
        for (let i = 0; i < 40; i++) {
          const task = await run('flaky', { key: newGate(), failures: 9 });
          for (let turn = 0; turn < i % 20; turn++) {
            if (turn % 4 === 0) await new Promise((resolve) => macrotask(resolve));
            else await null;
          }
          const cancelled = await engine.cancel(task.id, ann).then(
            () => true,
            () => false,
          );
          expect(await ended(task.id)).toMatchObject({ type: cancelled ? 'cancelled' : 'failed' });
        }
      });
    });

    describe('one owner', () => {
      const statusOf = async (id: string) => (await engine.get(id, admin))?.status;
      const waiting = (id: string, caller: Caller) =>
        (async () => {
          for await (const event of follow(id, null, caller)) if (isWaiting(event)) return;
        })();

      test('has no more than its share running, and others pass', async () => {
        await replaceEngine({ tasksPerOwner: 1 });
        const [first, second, other] = [newGate(), newGate(), newGate()];
        const a = await run('wait', { gate: first });
        const b = await run('wait', { gate: second });
        const c = await run('wait', { gate: other }, bob);
        await Promise.all([waiting(a.id, ann), waiting(c.id, bob)]);
        expect(await statusOf(b.id)).toBe('queued');
        const opener = { owner: 'opener' };
        const open = async (gate: string) => run('open', { gate }, opener);
        await open(first);
        await waiting(b.id, ann);
        await open(second);
        await open(other);
        await Promise.all([ended(a.id), ended(b.id)]);
      });

      test('that wants much does not keep another waiting for all of it', async () => {
        await replaceEngine({ tasksPerOwner: 2 });
        const gates = [newGate(), newGate(), newGate(), newGate()];
        const mine = [];
        for (const gate of gates) mine.push(await run('wait', { gate }));
        const [a, b, c] = mine.map(({ id }) => id);
        await Promise.all([waiting(a ?? '', ann), waiting(b ?? '', ann)]);
        const other = await run('wait', { gate: newGate() }, bob);
        await run('open', { gate: gates[0] ?? '' }, { owner: 'opener' });
        await waiting(other.id, bob);
        expect(await statusOf(c ?? '')).toBe('queued');
      });
    });

    describe('a permission', () => {
      test('is needed to start what asks for it, and named where it lacks', async () => {
        const error = await errorOf(run('secret_task'));
        expect(error).toMatchObject({ code: 'forbidden', details: { permission: 'plan' } });
        expect(error.message).toContain('"plan"');
        expect(await errorOf(run('secret_task', {}, { ...ann, permissions: ['other'] }))).toMatchObject({
          code: 'forbidden',
        });
        expect((await engine.list({}, ann)).tasks).toEqual([]);
        const task = await run('secret_task', {}, { ...ann, permissions: ['plan'] });
        expect(await ended(task.id)).toMatchObject({ type: 'succeeded' });
        expect(await errorOf(engine.retry(task.id, ann))).toMatchObject({ code: 'forbidden' });
        expect((await run('secret_task', {}, admin)).owner).toBe('root');
      });
    });

    describe('events', () => {
      test('begin with a snapshot; after a cursor with what is newer', async () => {
        const gate = newGate();
        const task = await run('wait', { gate });
        await until(task.id, isWaiting);
        const first = await follow(task.id).next();
        expect(first.value).toMatchObject({
          type: 'snapshot',
          task: { status: 'running', progress: { percent: 10 } },
          features: [],
        });
        const seen = first.value?.seq ?? 0;
        const rest = allEvents(task.id, seen);
        await openGate(gate);
        const newer = await rest;
        expect(newer.every((event) => event.seq > seen)).toBe(true);
        expect(newer.at(-1)?.type).toBe('succeeded');
      });

      test('of a task that has ended are a snapshot and the terminal event; after all of them nothing', async () => {
        const task = await run('count', { to: 3 });
        const last = await ended(task.id);
        const again = await allEvents(task.id);
        expect(again.map((event) => event.type)).toEqual(['snapshot', 'succeeded']);
        expect(again[0]).toMatchObject({ seq: (last?.seq ?? 0) - 1, task: { status: 'succeeded' } });
        expect(again[1]).toEqual(last);
        expect(await allEvents(task.id, last?.seq)).toEqual([]);
      });

      test('from a number that never was begin with a snapshot', async () => {
        const task = await run('count', { to: 3 });
        await ended(task.id);
        expect((await allEvents(task.id, 999_999)).map((event) => event.type)).toEqual([
          'snapshot',
          'succeeded',
        ]);
      });

      test('of many tasks come over one subscription, each in its own order, to the end of all', async () => {
        const tasks = [
          await run('count', { to: 30 }),
          await run('count', { to: 40 }),
          await run('count', { to: 5 }),
        ];
        const cursors = Object.fromEntries(tasks.map((task) => [task.id, null]));
        const seqs = new Map<string, number[]>();
        const terminal: string[] = [];
        for await (const event of engine.events(
          { cursors },
          { caller: ann, signal: new AbortController().signal },
        )) {
          seqs.set(event.taskId, [...(seqs.get(event.taskId) ?? []), event.seq]);
          if (isTerminal(event.type)) terminal.push(event.taskId);
        }
        expect(terminal.sort()).toEqual(tasks.map((task) => task.id).sort());
        for (const numbers of seqs.values())
          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      });

      test('end when the signal aborts, even where nothing happens', async () => {
        const task = await run('wait', { gate: newGate() });
        await until(task.id, isWaiting);
        const abort = new AbortController();
        const events = engine.events({ cursors: { [task.id]: null } }, { caller: ann, signal: abort.signal });
        const seen: string[] = [];
        for await (const event of events) {
          seen.push(event.type);
          queueMicrotask(() => abort.abort());
        }
        expect(seen).toEqual(['snapshot']);
      });

      test('of a task that is not there are refused, naming it', async () => {
        const error = await errorOf(allEvents('nothing'));
        expect(error).toMatchObject({ code: 'task-not-found', details: { taskIds: ['nothing'] } });
      });

      test('end without a terminal event when the engine closes', async () => {
        const task = await run('wait', { gate: newGate() });
        await until(task.id, isWaiting);
        const events = follow(task.id);
        expect((await events.next()).value).toMatchObject({ type: 'snapshot' });
        const next = events.next();
        await engine.close();
        expect(await next).toEqual({ done: true, value: undefined });
        expect(await errorOf(run('count', { to: 1 }))).toMatchObject({ code: 'unavailable' });
      });
    });

    describe('idempotency keys', () => {
      test('give the same task again, also when asked at the same time', async () => {
        const request = { name: 'count', params: { to: 2 }, idempotencyKey: 'k' };
        const [a, b] = await Promise.all([engine.enqueue(request, ann), engine.enqueue(request, ann)]);
        expect(a.task.id).toBe(b.task.id);
        expect([a.created, b.created].sort()).toEqual([false, true]);
        await ended(a.task.id);
        expect(await engine.enqueue(request, ann)).toMatchObject({
          created: false,
          task: { status: 'succeeded' },
        });
      });

      test('of another owner are other keys; with other params they are refused', async () => {
        const request = { name: 'count', params: { to: 2 }, idempotencyKey: 'k' };
        const { task } = await engine.enqueue(request, ann);
        const { task: other } = await engine.enqueue(request, bob);
        expect(other.id).not.toBe(task.id);
        expect(await errorOf(engine.enqueue({ ...request, params: { to: 3 } }, ann))).toMatchObject({
          code: 'idempotency-conflict',
        });
      });
    });

    describe('owners', () => {
      test('see nothing of each other; an admin sees all', async () => {
        const task = await run('wait', { gate: newGate() });
        expect(await engine.get(task.id, bob)).toBeUndefined();
        expect((await engine.list({}, bob)).tasks).toEqual([]);
        expect(await errorOf(engine.cancel(task.id, bob))).toMatchObject({ code: 'task-not-found' });
        expect(await errorOf(engine.retry(task.id, bob))).toMatchObject({ code: 'task-not-found' });
        expect(await errorOf(follow(task.id, null, bob).next())).toMatchObject({ code: 'task-not-found' });
        expect((await engine.list({}, admin)).tasks).toHaveLength(1);
        await engine.cancel(task.id, admin);
        expect(await ended(task.id)).toMatchObject({ type: 'cancelled' });
      });

      test('keep a task that an admin retries for them', async () => {
        const { id } = await run('count', { to: 1 });
        await ended(id);
        const again = await engine.retry(id, admin);
        expect(again).toMatchObject({ owner: 'ann', retryOf: id });
        expect(await ended(again.id)).toMatchObject({ type: 'succeeded' });
      });
    });

    describe('items', () => {
      test('some fail, the others count: the task succeeds, and says which failed and why', async () => {
        const task = await run('parts', { ok: 3, fail: 2 });
        const events = await allEvents(task.id, 0);
        expect(events.at(-1)?.type).toBe('succeeded');
        const items = events.flatMap((event) => (event.type === 'items' ? event.items : []));
        expect(items.map(({ id }) => id)).toEqual(['part/1', 'part/2', 'part/3', 'part/4', 'part/5']);
        expect(items[0]).toEqual({
          id: 'part/1',
          code: 'too-far',
          message: 'part/1 is too far away',
          geometry: { type: 'Point', coordinates: [0.001, 0.002] },
        });
        expect(items[4]).toEqual({ id: 'part/5', ok: true });
        expect(await engine.get(task.id, ann)).toMatchObject({
          status: 'succeeded',
          items: { ok: 3, failed: 2, failures: [{ id: 'part/1' }, { id: 'part/2', code: 'too-far' }] },
        });
      });

      test('who comes while it runs is given what the items add up to so far', async () => {
        const gate = newGate();
        const task = await run('parts', { ok: 30, fail: 1, gate });
        await until(task.id, isWaiting);
        const first = await until(task.id, () => true);
        expect(first).toMatchObject({ task: { items: { ok: 30, failed: 1, failures: [{ id: 'part/1' }] } } });
        expect(await engine.get(task.id, ann)).toMatchObject({ items: { ok: 30, failed: 1 } });
        await openGate(gate);
        await ended(task.id);
      });

      test('the failed ones are retried, and no others; a retry of that runs the same ones', async () => {
        const task = await run('parts', { ok: 3, fail: 2 });
        await ended(task.id);
        const again = await engine.retry(task.id, ann, { items: 'failed' });
        expect(again).toMatchObject({ retryOf: task.id, params: { ok: 3, fail: 2 } });
        expect(again.items).toBeUndefined();
        expect(await ended(again.id)).toMatchObject({ result: { built: ['part/1', 'part/2'] } });
        expect(await engine.get(again.id, ann)).toMatchObject({ items: { ok: 2, failed: 0, failures: [] } });
        const same = await engine.retry(again.id, ann);
        expect(await ended(same.id)).toMatchObject({ result: { built: ['part/1', 'part/2'] } });
        const whole = await engine.retry(task.id, ann);
        expect(await ended(whole.id)).toMatchObject({ result: { built: { length: 5 } } });
      });

      test('a retry of failed ones is refused where there are none, or where nothing was stored', async () => {
        const none = await run('parts', { ok: 1, fail: 0 });
        await ended(none.id);
        expect(await errorOf(engine.retry(none.id, ann, { items: 'failed' }))).toMatchObject({
          code: 'not-retryable',
          message: expect.stringContaining('none of its items failed'),
        });
        const failed = await run('parts', { ok: 1, fail: 1, end: 'throw' });
        await ended(failed.id);
        expect(await engine.get(failed.id, ann)).toMatchObject({ items: { ok: 1, failed: 1 } });
        expect(await errorOf(engine.retry(failed.id, ann, { items: 'failed' }))).toMatchObject({
          code: 'not-retryable',
          message: expect.stringContaining('retry the whole task'),
        });
      });

      test('1,000 failures are kept, all are counted, and a list shows the first few', async () => {
        const task = await run('parts', { ok: 0, fail: 1_200 });
        await ended(task.id);
        const { items } = (await engine.get(task.id, ann)) ?? {};
        expect(items).toMatchObject({ ok: 0, failed: 1_200, failures: { length: 1_000 } });
        const page = await engine.list({ name: 'parts' }, ann);
        expect(page.tasks[0]?.items).toMatchObject({ failed: 1_200, failures: { length: 20 } });
        const again = await engine.retry(task.id, ann, { items: 'failed' });
        expect(await ended(again.id)).toMatchObject({
          type: 'succeeded',
          result: { built: { length: 1_200 } },
        });
      });
    });

    describe('parameters that a task does not know', () => {
      test('are ignored where it says so: it runs without them, and its log and snapshot name them', async () => {
        const task = await run('tolerant', { pole_id: 3, lng: 10.2, lat: 48.8 });
        expect(task).toMatchObject({ params: { pole_id: 3 }, ignoredParams: ['lng', 'lat'] });
        const events = await allEvents(task.id, 0);
        expect(events.find(({ type }) => type === 'log')).toMatchObject({
          level: 'warning',
          message: expect.stringMatching(/"lng", "lat"/),
        });
        expect(events.at(-1)).toMatchObject({ type: 'succeeded', result: { pole_id: 3 } });
        const kept = await engine.get(task.id, ann);
        expect(kept).toMatchObject({ params: { pole_id: 3 }, ignoredParams: ['lng', 'lat'] });
        expect(kept?.params).toEqual({ pole_id: 3 });
      });

      test('are refused by default, and within another parameter', async () => {
        expect(await errorOf(run('count', { to: 1, lng: 10.2 }))).toMatchObject({
          code: 'invalid-params',
          parameters: [{ parameter: 'lng', code: 'unknown' }],
        });
        const nested = run('tolerant', { pole_id: 1, more: { colour: 'red', size: 2 } });
        expect(await errorOf(nested)).toMatchObject({ parameters: [{ parameter: 'more.size' }] });
      });

      test('change nothing else: what is wrong is refused, and an idempotency key stays good', async () => {
        expect(await errorOf(run('tolerant', { pole_id: 'three', lng: 10.2 }))).toMatchObject({
          parameters: [{ parameter: 'pole_id', code: 'wrong-type' }],
        });
        const call = (params: Record<string, unknown>) =>
          engine.enqueue({ name: 'tolerant', params, idempotencyKey: 'tolerated' }, ann);
        const first = await call({ pole_id: 3, lng: 10.2 });
        const second = await call({ pole_id: 3, lng: 99 });
        expect([first.created, second.created]).toEqual([true, false]);
        expect(second.task.id).toBe(first.task.id);
        expect(await errorOf(call({ pole_id: 4, lng: 10.2 }))).toMatchObject({
          code: 'idempotency-conflict',
        });
      });

      test('are named up to a limit', async () => {
        const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`.padEnd(300, '-'), i]));
        const { ignoredParams } = await run('tolerant', { pole_id: 3, ...many });
        expect(ignoredParams).toHaveLength(20);
        expect(Math.max(...(ignoredParams ?? []).map((name) => name.length))).toBe(100);
      });
    });

    describe('a task that says what cannot be', () => {
      test.each([
        ['log', ['waiting'], /^TypeError: log\(\): "level" must be 'info'/],
        ['log', ['info', { text: 'x' }], /"message" must be text, not an object/],
        ['progress', [{ percent: 'a lot' }], /"percent" must be a finite number, .* not "a lot"/],
        ['progress', [{ features: [{ type: 'Point' }] }], /"features\[0\]" must be a GeoJSON feature/],
        ['progress', [{ items: [{ id: 7, ok: true }] }], /"items\[0\]\.id" must be text of 1 to 200/],
      ])('%s(%j): it fails of that, and nobody is sent it', async (call, given, message) => {
        const task = await run('careless', { call, with: given });
        const events = await allEvents(task.id, 0);
        expect(events.at(-1)).toMatchObject({
          type: 'failed',
          error: { code: 'exception', message: expect.stringMatching(message) },
        });
        expect(events.map(({ type }) => type)).not.toContain('progress');
        expect(events.map(({ type }) => type)).not.toContain('features');
        expect(events.map(({ type }) => type)).not.toContain('items');
      });
    });

    describe('the kinds of task', () => {
      test('are listed with what a caller needs to start one', async () => {
        const kinds = await engine.definitions(ann);
        expect(kinds.map(({ name }) => name)).toEqual(definitions.map(({ name }) => name).sort());
        expect(kinds.find(({ name }) => name === 'count')).toMatchObject({
          queue: 'default',
          timeoutSeconds: 180,
          priority: 5,
          mayStart: true,
          cancellable: true,
          unknownParams: 'refuse',
          params: { type: 'object', required: ['to'], properties: { to: { minimum: 1, maximum: 10_000 } } },
        });
        expect(kinds.find(({ name }) => name === 'tolerant')).toMatchObject({ unknownParams: 'ignore' });
      });

      test('say whether this caller may start them', async () => {
        const secret = async (caller: Caller) =>
          (await engine.definitions(caller)).find(({ name }) => name === 'secret_task');
        expect(await secret(ann)).toMatchObject({ permission: 'plan', mayStart: false });
        expect(await secret({ ...ann, permissions: ['plan'] })).toMatchObject({ mayStart: true });
        expect(await secret(admin)).toMatchObject({ mayStart: true });
      });
    });

    declarePreviewContract(() => ({ engine, store }));
    declareUndoContract(() => ({ engine, store }));

    test('a filter of a kind that the engine does not know is refused', async () => {
      const filter = JSON.parse('{ "query": { "name": "count" } }');
      const reader = engine.events(filter, { caller: ann });
      expect(await errorOf(reader.open())).toMatchObject({ code: 'invalid-request' });
    });

    describe('retrying', () => {
      test('runs a task again that has ended, linked to the old one', async () => {
        const { task } = await engine.enqueue({ name: 'count', params: { to: 2 }, tags: ['a'] }, ann);
        await ended(task.id);
        const again = await engine.retry(task.id, ann);
        expect(again).toMatchObject({ retryOf: task.id, params: { to: 2 }, tags: ['a'], status: 'queued' });
        expect(await ended(again.id)).toMatchObject({ type: 'succeeded' });
      });

      test('four times at once with one key gives one task, and the key is good for that retry alone', async () => {
        const [one, other] = await Promise.all([run('count', { to: 2 }), run('count', { to: 2 })]);
        await Promise.all([ended(one.id), ended(other.id)]);
        const retry = (id: string) => engine.retry(id, ann, { idempotencyKey: 'again' });
        const calls = await Promise.all([one.id, one.id, one.id, one.id].map(retry));
        const [again] = calls;
        expect(new Set(calls.map(({ id }) => id))).toEqual(new Set([again?.id]));
        expect(again).toMatchObject({ retryOf: one.id });
        await ended(again?.id ?? '');
        // A lost answer may be noticed late.
        expect(await retry(one.id)).toMatchObject({ id: again?.id, status: 'succeeded' });
        expect(await errorOf(retry(other.id))).toMatchObject({ code: 'idempotency-conflict' });
        expect((await engine.list({ name: 'count' }, ann)).tasks).toHaveLength(3);
      });

      test('is refused while it is active', async () => {
        const task = await run('wait', { gate: newGate() });
        expect(await errorOf(engine.retry(task.id, ann))).toMatchObject({ code: 'not-retryable' });
      });
    });

    describe('the list', () => {
      test('is newest first, in pages that stay put while tasks are added', async () => {
        const ids: string[] = [];
        for (let i = 0; i < 5; i++) ids.unshift((await run('count', { to: 1 })).id);
        const first = await engine.list({ limit: 2 }, ann);
        await run('count', { to: 1 });
        const second = await engine.list({ limit: 2, cursor: first.nextCursor ?? '' }, ann);
        const third = await engine.list({ limit: 2, cursor: second.nextCursor ?? '' }, ann);
        expect([first, second, third].flatMap((page) => page.tasks.map((task) => task.id))).toEqual(ids);
        expect(third.nextCursor).toBeUndefined();
      });

      test('has at most 200 tasks on a page, whatever is asked for', async () => {
        await run('count', { to: 1 });
        expect((await engine.list({ limit: 1_000 }, ann)).tasks).toHaveLength(1);
      });

      test('shows no results, which may be large', async () => {
        const { id } = await run('count', { to: 1 });
        await ended(id);
        const [task] = (await engine.list({}, ann)).tasks;
        expect(task).toMatchObject({ id, status: 'succeeded' });
        expect(task).not.toHaveProperty('result');
        expect(await engine.get(id, ann)).toMatchObject({ result: { counted: 1 } });
      });

      test('can be asked for by status, name and words', async () => {
        const waiting = await run('wait', { gate: newGate() });
        const { task: tagged } = await engine.enqueue(
          { name: 'count', params: { to: 7 }, tags: ['North'] },
          ann,
        );
        await until(waiting.id, isWaiting);
        await ended(tagged.id);
        const ids = async (query: Parameters<TaskEngine['list']>[0]) =>
          (await engine.list(query, ann)).tasks.map((task) => task.id);
        expect(await ids({ status: 'active' })).toEqual([waiting.id]);
        expect(await ids({ status: 'finished' })).toEqual([tagged.id]);
        expect(await ids({ name: 'wait' })).toEqual([waiting.id]);
        expect(await ids({ q: 'north' })).toEqual([tagged.id]);
        expect(await ids({ q: '7 / 7' })).toEqual([tagged.id]);
        expect(await ids({ q: 'nothing like it' })).toEqual([]);
      });

      test.each([{ limit: 0 }, { limit: 1.5 }, { cursor: '!' }])('refuses %j', async (query) => {
        expect(await errorOf(engine.list(query, ann))).toMatchObject({ code: 'invalid-request' });
      });
    });
  });
}

async function errorOf(promise: Promise<unknown>): Promise<TaskError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (error instanceof TaskRefusal) return error.error;
  throw new Error(`expected a TaskRefusal, got ${String(error)}`);
}

function macrotask(then: (value: null) => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    then(null);
  };
  port2.postMessage(null);
}
