import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TaskRefusal } from '../../backend/common/TaskRefusal.ts';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import { defineTask, type TaskDefinition } from '../../backend/tasks/defineTask.ts';
import type { TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import {
  type ItemPage,
  type ItemQuery,
  isTerminal,
  type TaskEvent,
  type TaskItem,
} from '../../src/contract/index.ts';
import { DESIGN, poleCount } from '../support/tasks/definitions.ts';

const ann = { owner: 'ann' };
const place = { type: 'Point' as const, coordinates: [0.003, 0.003] as [number, number] };

/**
 * Each item writes two poles. Those named in `bad` fail after the first one, unless they are retried; `crash` throws in the
 * task itself after the items, `catches` catches what an item throws, and `together` does not wait for one before the next.
 */
const build = (name: string, keep: 'all-or-nothing' | 'good-items' | undefined) =>
  defineTask({
    name,
    ...(keep && { keep }),
    params: z.strictObject({
      all: z.array(z.string()),
      bad: z.array(z.string()).default([]),
      crash: z.boolean().default(false),
      catches: z.boolean().default(false),
      together: z.boolean().default(false),
    }),
    async execute({ all, bad, crash, catches, together }, { item, items, network }) {
      const poles = (await network.view(DESIGN)).table('pole');
      const wanted = items ?? all;
      const results: unknown[] = [];
      const work = async (id: string) => {
        await poles.insert({ geometry: place, properties: { name: `${id} a` } });
        if (bad.includes(id) && !items) {
          throw id.startsWith('odd')
            ? new Error('something odd')
            : new TaskRefusal({ code: 'too-far', message: `${id} is far` });
        }
        await poles.insert({ geometry: place, properties: { name: `${id} b` } });
        return `${id} done`;
      };
      const calls: Promise<unknown>[] = [];
      for (const id of wanted) {
        const call = item(id, () => work(id), { geometry: place });
        calls.push(catches ? call.catch(() => 'caught') : call);
        if (!together) results.push(await calls.at(-1));
      }
      if (together) results.push(...(await Promise.all(calls)));
      if (crash) throw new Error('after the items');
      return results;
    },
  });

export const itemDefinitions: TaskDefinition[] = [
  build('good_items', 'good-items'),
  build('all_or_nothing', 'all-or-nothing'),
  build('by_default', undefined),
  defineTask({
    name: 'reports',
    params: z.strictObject({
      ok: z.int(),
      failed: z.int(),
      end: z.enum(['return', 'throw', 'wait']).default('return'),
    }),
    // The failed ones come first. One that is retried succeeds.
    async execute({ ok, failed, end }, { items, progress, signal }) {
      const all = items ?? Array.from({ length: failed + ok }, (_, i) => `part/${i + 1}`);
      for (let from = 0; from < all.length; from += 700) {
        await progress({
          items: all
            .slice(from, from + 700)
            .map((id, i) =>
              from + i < failed && !items ? { id, code: 'bad', message: `${id} is bad` } : { id, ok: true },
            ),
        });
      }
      if (end === 'throw') throw new Error('after the items');
      if (end === 'wait')
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return all.length;
    },
  }),
];

/** What every engine does with the items of a task, each of which can be undone by itself. */
export function declareItemsContract(
  name: string,
  createEngine: (definitions: TaskDefinition[]) => Promise<{ engine: TaskEngine; store: NetworkStore }>,
): void {
  describe(`${name}: items of a task`, () => {
    let engine: TaskEngine;
    let store: NetworkStore;
    let before: number;
    beforeEach(async () => {
      ({ engine, store } = await createEngine(itemDefinitions));
      before = await poleCount(store);
    });
    afterEach(() => engine.close());

    async function ended(id: string): Promise<TaskEvent | undefined> {
      let last: TaskEvent | undefined;
      for await (const event of engine.events({ cursors: { [id]: null } }, { caller: ann })) last = event;
      return last && isTerminal(last.type) ? last : undefined;
    }
    const run = async (task: string, params: Record<string, unknown>) => {
      const { task: started } = await engine.enqueue({ name: task, params }, ann);
      return { id: started.id, end: await ended(started.id) };
    };

    test('the good ones are stored, the others are undone and say why, and a retry runs just those', async () => {
      const params = { all: ['a', 'b', 'odd', 'c'], bad: ['b', 'odd'] };
      const { id, end } = await run('good_items', params);
      expect(end).toMatchObject({ type: 'succeeded', result: ['a done', null, null, 'c done'] });
      expect(await engine.get(id, ann)).toMatchObject({
        status: 'succeeded',
        items: {
          ok: 2,
          failed: 2,
          failures: [
            { id: 'b', code: 'too-far', message: 'b is far', geometry: place },
            { id: 'odd', code: 'exception', message: 'something odd', geometry: place },
          ],
        },
      });
      expect(await poleCount(store)).toBe(before + 4);
      const again = await engine.retry(id, ann, { items: 'failed' });
      expect(await ended(again.id)).toMatchObject({ type: 'succeeded', result: ['b done', 'odd done'] });
      expect(await poleCount(store)).toBe(before + 8);
    });

    test.each(['all_or_nothing', 'by_default'])(
      '%s: an item that fails fails the task, and nothing is stored',
      async (task) => {
        const { end } = await run(task, { all: ['a', 'b', 'c'], bad: ['b'] });
        expect(end).toMatchObject({ type: 'failed', error: { code: 'too-far', message: 'b is far' } });
        expect(await poleCount(store)).toBe(before);
      },
    );

    test('a task that catches what its item throws goes on without the writes of that item', async () => {
      const { end } = await run('all_or_nothing', { all: ['a', 'b', 'c'], bad: ['b'], catches: true });
      expect(end).toMatchObject({ type: 'succeeded', result: ['a done', 'caught', 'c done'] });
      expect(await poleCount(store)).toBe(before + 4);
    });

    test('items that are started together run one after the other, and undo only their own', async () => {
      const all = Array.from({ length: 30 }, (_, i) => `i${i}`);
      const bad = all.filter((_, i) => i % 3 === 0);
      const { id, end } = await run('good_items', { all, bad, together: true });
      expect(end?.type).toBe('succeeded');
      expect((await engine.get(id, ann))?.items).toMatchObject({ ok: 20, failed: 10 });
      expect(await poleCount(store)).toBe(before + 40);
    });

    test('a task that rejects stores nothing, whatever its items were', async () => {
      const { end } = await run('good_items', { all: ['a', 'b'], bad: ['b'], crash: true });
      expect(end).toMatchObject({ type: 'failed', error: { message: 'after the items' } });
      expect(await poleCount(store)).toBe(before);
    });

    /** All items that a query selects, page by page. */
    async function pages(id: string, query: ItemQuery): Promise<TaskItem[]> {
      const found: TaskItem[] = [];
      let after: string | undefined;
      do {
        const page: ItemPage = await engine.items(
          id,
          { ...query, ...(after !== undefined && { after }) },
          ann,
        );
        expect(page.items.length).toBeLessThanOrEqual(query.limit ?? 100);
        found.push(...page.items);
        after = page.nextAfter;
      } while (after !== undefined);
      return found;
    }
    const ids = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => `part/${from + i}`);

    test('of 2,500 items all are read page by page, and a retry runs all 1,200 that failed, although 1,000 are in the summary', async () => {
      const { id } = await run('reports', { failed: 1_200, ok: 1_300 });
      expect((await engine.get(id, ann))?.items).toMatchObject({ ok: 1_300, failed: 1_200 });
      const failed = await pages(id, { ok: false, limit: 500 });
      expect(failed.map((each) => each.id)).toEqual(ids(1, 1_200));
      expect(failed[1_199]).toEqual({ id: 'part/1200', code: 'bad', message: 'part/1200 is bad' });
      expect((await pages(id, { ok: true, limit: 1_000 })).map((each) => each.id)).toEqual(ids(1_201, 2_500));
      expect((await pages(id, { limit: 700 })).map((each) => each.id)).toEqual(ids(1, 2_500));
      const first = await engine.items(id, {}, ann);
      expect([first.items.length, first.nextAfter !== undefined]).toEqual([100, true]);
      const again = await engine.retry(id, ann, { items: 'failed' });
      expect(await ended(again.id)).toMatchObject({ type: 'succeeded', result: 1_200 });
      expect((await pages(again.id, { ok: true, limit: 1_000 })).map((each) => each.id)).toEqual(
        ids(1, 1_200),
      );
    });

    test('items are there while the task runs, and of a task that failed', async () => {
      const { task } = await engine.enqueue(
        { name: 'reports', params: { failed: 3, ok: 2, end: 'wait' } },
        ann,
      );
      await expect.poll(async () => (await pages(task.id, {})).length, { timeout: 5_000 }).toBe(5);
      await engine.cancel(task.id, ann);
      await ended(task.id);
      const { id, end } = await run('reports', { failed: 3, ok: 2, end: 'throw' });
      expect(end?.type).toBe('failed');
      expect((await pages(id, { ok: false })).map((each) => each.id)).toEqual(ids(1, 3));
    });

    test('a task without items has none; a wrong query, and a task of somebody else, are refused', async () => {
      const { id } = await run('reports', { failed: 0, ok: 0 });
      expect(await engine.items(id, {}, ann)).toEqual({ items: [] });
      const codeOf = (query: ItemQuery, caller = ann, of = id) =>
        engine.items(of, query, caller).catch((error) => error.error.code);
      expect(await codeOf({ limit: 0 })).toBe('invalid-request');
      expect(await codeOf({ after: 'x' })).toBe('invalid-request');
      expect(await codeOf({}, { owner: 'bob' })).toBe('task-not-found');
      expect(await codeOf({}, ann, 'nothing')).toBe('task-not-found');
    });

    test('an id that is none is refused by name', async () => {
      const { end } = await run('good_items', { all: [''] });
      expect(end).toMatchObject({
        type: 'failed',
        error: { message: expect.stringContaining('item(): its id must be text') },
      });
    });
  });
}
