import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineTask, type TaskDefinition } from '../../backend/tasks/defineTask.ts';
import type { TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { isTerminal, type LogLine, type LogQuery } from '../../src/contract/index.ts';

const ann = { owner: 'ann' };

/** Says lines 1 to n: every hundredth is a warning, and the last one an error. */
const talks = (name: string, retry?: TaskDefinition['retry']) =>
  defineTask({
    name,
    ...(retry && { retry }),
    params: z.strictObject({ lines: z.int(), fails: z.boolean().default(false) }),
    async execute({ lines, fails }, { log, progress, attempt }) {
      for (let i = 1; i <= lines; i++) {
        log(i === lines ? 'error' : i % 100 === 0 ? 'warning' : 'info', `Pole P-${i} ✓ placed`);
        if (i % 500 === 0) await progress({ done: i, total: lines });
      }
      if (fails && attempt === 1) throw new Error('once more');
      return lines;
    },
  });
export const logDefinitions: TaskDefinition[] = [
  talks('talks'),
  talks('talks_again', { attempts: 2, backoffSeconds: 0 }),
];

/** What every engine promises of the log of a task. `createEngine` is called anew for each test. */
export function declareLogContract(
  name: string,
  createEngine: (definitions: TaskDefinition[]) => Promise<{ engine: TaskEngine }>,
  /** Lines of the longest log, in thousands. */
  thousands: number,
): void {
  describe(`${name}: the log of a task`, () => {
    let engine: TaskEngine;
    beforeEach(async () => {
      ({ engine } = await createEngine(logDefinitions));
    });
    afterEach(() => engine.close());

    /** Resolves with the id of the task once its terminal event has come. */
    const run = async (task: string, params: Record<string, unknown>) => {
      const { id } = (await engine.enqueue({ name: task, params }, ann)).task;
      for await (const event of engine.events({ cursors: { [id]: null } }, { caller: ann })) {
        if (isTerminal(event.type)) break;
      }
      return id;
    };
    const all = async (id: string, query: LogQuery = {}) => {
      const lines: LogLine[] = [];
      for (let after: string | undefined; ; ) {
        const page = await engine.log(id, { ...query, ...(after !== undefined && { after }) }, ann);
        lines.push(...page.lines);
        if (!page.hasMore) return { lines, cursor: page.cursor };
        expect(page.lines).toHaveLength(query.limit ?? 200);
        after = page.cursor;
      }
    };

    test(`of ${thousands},000 lines is read page by page once it has ended, each line once and in order`, async () => {
      const count = thousands * 1_000;
      const id = await run('talks', { lines: count });
      const { lines } = await all(id, { limit: 1_000 });
      expect(lines.map(({ message }) => message)).toEqual(
        Array.from({ length: count }, (_, i) => `Pole P-${i + 1} ✓ placed`),
      );
      expect(lines[99]).toEqual({
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        level: 'warning',
        message: 'Pole P-100 ✓ placed',
        attempt: 1,
      });
      // Searched for, of the least level, and both.
      expect((await all(id, { level: 'warning', limit: 1_000 })).lines).toHaveLength(count / 100);
      const last = { message: `Pole P-${count} ✓ placed` };
      expect((await all(id, { level: 'error' })).lines).toMatchObject([last]);
      expect((await all(id, { q: `pole p-${count / 10 - 1}` })).lines).toHaveLength(11);
      expect((await all(id, { q: `-${count} ✓`, level: 'warning' })).lines).toMatchObject([last]);
      expect((await all(id, { q: "100%'; --" })).lines).toEqual([]);
    });

    test('has the lines of every attempt, and the reason of the next one', async () => {
      const id = await run('talks_again', { lines: 3, fails: true });
      const { lines, cursor } = await all(id);
      expect(lines.map(({ attempt, level }) => `${attempt} ${level}`)).toEqual([
        ...['1 info', '1 info', '1 error', '1 warning'],
        ...['2 info', '2 info', '2 error'],
      ]);
      expect(lines[3]?.message).toContain('once more');
      expect(await engine.log(id, { after: cursor }, ann)).toEqual({ lines: [], cursor, hasMore: false });
      const empty = await run('talks', { lines: 0 });
      expect(await engine.log(empty, {}, ann)).toEqual({ lines: [], cursor: '0', hasMore: false });
    });

    test('is for those who may see the task, and goes with it', async () => {
      const id = await run('talks', { lines: 2 });
      const missing = { error: { code: 'task-not-found' } };
      await expect(engine.log(id, {}, { owner: 'bob' })).rejects.toMatchObject(missing);
      expect((await engine.log(id, {}, { owner: 'root', admin: true })).lines).toHaveLength(2);
      for (const query of [{ limit: 0 }, { after: 'x' }, { q: 'x'.repeat(201) }]) {
        await expect(engine.log(id, query, ann)).rejects.toMatchObject({
          error: { code: 'invalid-request' },
        });
      }
      await engine.clear([id], ann);
      await expect(engine.log(id, {}, ann)).rejects.toMatchObject(missing);
    });
  });
}
