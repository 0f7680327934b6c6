import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { StoreTransaction } from '../../../../backend/common/Store.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { EmbeddedEngineOptions } from '../../../../backend/embedded/options.ts';
import type { TaskJournal, TaskRecord } from '../../../../backend/embedded/TaskJournal.ts';
import { defineTask } from '../../../../backend/tasks/defineTask.ts';
import type { TaskEvent } from '../../../../src/contract/index.ts';
import { definitions, poleCount, smallStore } from '../../../support/tasks/definitions.ts';

const ann = { owner: 'ann' };
const engines: EmbeddedEngine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
  vi.useRealTimers();
});

/** What a journal keeps outlives its engine: as text, as a file would. */
class TextJournal implements TaskJournal {
  readonly kept = new Map<string, string>();
  readonly saves: string[] = [];
  fails: string | undefined;

  async load(): Promise<TaskRecord[]> {
    return [...this.kept.values()].map((text) => JSON.parse(text));
  }
  async save(record: TaskRecord): Promise<void> {
    if (this.fails) throw new Error(this.fails);
    this.saves.push(record.task.status);
    this.kept.set(record.task.id, JSON.stringify(record));
  }
  async remove(id: string): Promise<void> {
    this.kept.delete(id);
  }
}

async function open(
  journal: TaskJournal,
  options: Partial<EmbeddedEngineOptions> = {},
): Promise<EmbeddedEngine> {
  const engine = await EmbeddedEngine.open({ definitions, store: smallStore(), journal, ...options });
  engines.push(engine);
  return engine;
}

async function all(engine: EmbeddedEngine, id: string, cursor: number | null = 0): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  const { signal } = new AbortController();
  for await (const event of engine.events({ cursors: { [id]: cursor } }, { caller: ann, signal }))
    events.push(event);
  return events;
}

const enqueue = async (engine: EmbeddedEngine, name: string, params: Record<string, unknown>, key?: string) =>
  (await engine.enqueue({ name, params, ...(key && { idempotencyKey: key }) }, ann)).task;

describe('a journal', () => {
  test('keeps finished tasks, their order, results and keys over a restart', async () => {
    const journal = new TextJournal();
    const first = await open(journal);
    const a = await enqueue(first, 'count', { to: 1 }, 'key');
    const b = await enqueue(first, 'fail', { message: 'no pole' });
    await Promise.all([all(first, a.id), all(first, b.id)]);
    await first.close();
    const second = await open(journal);
    const { tasks } = await second.list({}, ann);
    expect(tasks.map(({ id, status }) => [id, status])).toEqual([
      [b.id, 'failed'],
      [a.id, 'succeeded'],
    ]);
    expect((await all(second, a.id, null)).at(-1)).toMatchObject({
      type: 'succeeded',
      result: { counted: 1 },
    });
    expect((await enqueue(second, 'count', { to: 1 }, 'key')).id).toBe(a.id);
    await expect(enqueue(second, 'count', { to: 2 }, 'key')).rejects.toMatchObject({
      error: { code: 'idempotency-conflict' },
    });
    const c = await enqueue(second, 'count', { to: 1 });
    expect((await second.list({}, ann)).tasks[0]?.id).toBe(c.id);
  });

  test('runs what was running again: next attempt, same start, numbers no client has seen', async () => {
    const journal = new TextJournal();
    const first = await open(journal, { queues: { default: { concurrency: 1 } } });
    const running = await enqueue(first, 'wait', { gate: 'over a restart' });
    const queued = await enqueue(first, 'wait', { gate: 'over a restart' });
    await vi.waitFor(async () => expect((await first.get(running.id, ann))?.progress.percent).toBe(10));
    const before = await first.get(running.id, ann);
    await first.close();
    expect(journal.kept.size).toBe(2);

    const second = await open(journal, { queues: { default: { concurrency: 1 } } });
    const events = all(second, running.id, before?.seq ?? 0);
    await enqueue(second, 'open', { gate: 'over a restart' });
    const [first_, ...rest] = await events;
    expect(first_?.type).toBe('snapshot');
    expect(first_?.seq).toBeGreaterThan((before?.seq ?? 0) + 100_000);
    expect(rest.at(-1)).toMatchObject({ type: 'succeeded', attempt: 2 });
    expect(await second.get(running.id, ann)).toMatchObject({ startedAt: before?.startedAt, attempt: 2 });
    await all(second, queued.id);
    expect(await second.get(queued.id, ann)).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  test('of a task that cannot run any more gives it as failed, and says why', async () => {
    const journal = new TextJournal();
    const first = await open(journal);
    const task = await enqueue(first, 'wait', { gate: 'never' });
    await first.close();
    const second = await open(journal, { definitions: [] });
    expect(await second.get(task.id, ann)).toMatchObject({
      status: 'failed',
      error: { code: 'unknown-task' },
    });
  });

  test('that cannot write refuses the task: nothing is queued', async () => {
    const journal = new TextJournal();
    const engine = await open(journal);
    journal.fails = 'the disk is full';
    await expect(enqueue(engine, 'count', { to: 1 }, 'key')).rejects.toMatchObject({
      error: { code: 'internal', message: expect.stringContaining('the disk is full') },
    });
    expect((await engine.list({}, ann)).tasks).toEqual([]);
    journal.fails = undefined;
    expect((await enqueue(engine, 'count', { to: 1 }, 'key')).status).toBe('queued');
  });

  test('that fails during a run is reported in the log of the task', async () => {
    const journal = new TextJournal();
    const engine = await open(journal);
    const task = await enqueue(engine, 'wait', { gate: 'journal' });
    await vi.waitFor(async () => expect((await engine.get(task.id, ann))?.progress.percent).toBe(10));
    journal.fails = 'the disk is full';
    const events = all(engine, task.id);
    await engine.cancel(task.id, ann);
    const logged = (await events).filter((event) => event.type === 'log' && event.level === 'error');
    expect(logged).toEqual([
      expect.objectContaining({ message: expect.stringContaining('the disk is full') }),
    ]);
    expect((await events).at(-1)?.type).toBe('cancelled');
  });

  test('is written at most once a second while a task runs, and at its end before anyone is told', async () => {
    vi.useFakeTimers();
    const journal = new TextJournal();
    const engine = await open(journal, { progressIntervalMs: 0 });
    const task = await enqueue(engine, 'wait', { gate: 'throttle' });
    await vi.waitFor(async () => expect((await engine.get(task.id, ann))?.progress.percent).toBe(10));
    expect(journal.saves).toEqual(['queued']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(journal.saves).toEqual(['queued', 'running']);
    const events = all(engine, task.id);
    await engine.cancel(task.id, ann);
    await events;
    expect(journal.saves.at(-1)).toBe('cancelled');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(journal.saves.at(-1)).toBe('cancelled');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('forgets what the engine forgets', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const journal = new TextJournal();
    const engine = await open(journal, { retention: { finishedTasks: 1 } });
    const a = await enqueue(engine, 'count', { to: 1 });
    await all(engine, a.id);
    vi.setSystemTime(Date.now() + 121_000);
    const b = await enqueue(engine, 'count', { to: 1 });
    await all(engine, b.id);
    await vi.waitFor(() => expect([...journal.kept.keys()]).toEqual([b.id]));
  });

  test('remembers when a task that failed is to be tried again, and how often it was', async () => {
    vi.useFakeTimers();
    const journal = new TextJournal();
    const flaky = defineTask({
      name: 'flaky',
      retry: { attempts: 3, backoffSeconds: 60 },
      params: z.strictObject({}),
      execute: (_, { attempt }) => Promise.reject(new Error(`attempt ${attempt}`)),
    });
    const options = { definitions: [flaky] };
    const first = await open(journal, options);
    const task = await enqueue(first, 'flaky', {});
    const attempt = async (engine: EmbeddedEngine) => (await engine.get(task.id, ann))?.attempt;
    await vi.waitFor(async () => expect(await attempt(first)).toBe(2));
    await vi.advanceTimersByTimeAsync(20_000);
    await first.close();
    expect(vi.getTimerCount()).toBe(0);

    await vi.advanceTimersByTimeAsync(10_000);
    const second = await open(journal, options);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(await second.get(task.id, ann)).toMatchObject({ status: 'queued', attempt: 2 });
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.waitFor(async () => expect(await attempt(second)).toBe(3));
    await vi.advanceTimersByTimeAsync(119_000);
    expect(await second.get(task.id, ann)).toMatchObject({ status: 'queued', attempt: 3 });
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.waitFor(async () =>
      expect(await second.get(task.id, ann)).toMatchObject({
        status: 'failed',
        attempt: 3,
        error: { message: 'attempt 3' },
      }),
    );
  });

  describe('that is one with the store', () => {
    /** Commits with the record, or fails with both. */
    class CommittingJournal extends TextJournal {
      committed: TaskRecord[] = [];
      commitFails: string | undefined;
      async commit(transaction: StoreTransaction<object>, record: TaskRecord): Promise<void> {
        if (this.commitFails) throw new Error(this.commitFails);
        await transaction.commit();
        this.committed.push(structuredClone(record));
      }
    }

    test('is given the task as it is told afterwards, and asked once', async () => {
      const journal = new CommittingJournal();
      const engine = await open(journal);
      const task = await enqueue(engine, 'count', { to: 3 }, 'key');
      const events = await all(engine, task.id);
      expect(events.at(-2)).toMatchObject({ type: 'progress', progress: { percent: 100 } });
      const told = await engine.get(task.id, ann);
      expect(journal.committed).toEqual([{ task: told, order: 1, idempotencyKey: 'key' }]);
      expect(told).toMatchObject({ status: 'succeeded', seq: events.at(-1)?.seq });
      expect(journal.saves).not.toContain('succeeded');
    });

    test('where it fails, the task has failed and nothing is stored', async () => {
      const journal = new CommittingJournal();
      const store = smallStore();
      const engine = await open(journal, { store });
      const before = await poleCount(store);
      journal.commitFails = 'the disk is full';
      const task = await enqueue(engine, 'write', { end: 'return' });
      expect((await all(engine, task.id)).at(-1)).toMatchObject({
        type: 'failed',
        error: { message: 'the disk is full' },
      });
      expect(await poleCount(store)).toBe(before);
      expect(journal.saves.at(-1)).toBe('failed');
    });
  });

  test('that cannot be read is a reason not to start', async () => {
    const journal = new TextJournal();
    journal.load = () => Promise.reject(new Error('unreadable'));
    await expect(EmbeddedEngine.open({ definitions, store: smallStore(), journal })).rejects.toThrow(
      'unreadable',
    );
  });
});
