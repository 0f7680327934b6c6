import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { defineTask } from '../../../backend/tasks/defineTask.ts';
import { isTerminal } from '../../../src/contract/index.ts';
import { smallTown } from '../../support/tasks/definitions.ts';
import { openDistributed } from '../support/distributed.ts';

const OWNERS = 8;
const PER_OWNER = 10;
const admin = { owner: 'admin', admin: true };

let parts: Awaited<ReturnType<typeof openDistributed>>;
let running = 0;
let most = 0;
let begun: number[] = [];
let holding: PromiseWithResolvers<void>;

const definitions = [
  defineTask({
    name: 'brief',
    params: z.strictObject({ nth: z.number() }),
    async execute({ nth }) {
      running += 1;
      most = Math.max(most, running);
      begun.push(nth);
      await holding.promise;
      running -= 1;
      return nth;
    },
  }),
];

beforeEach(async () => {
  [running, most, begun] = [0, 0, []];
  holding = Promise.withResolvers();
  parts = await openDistributed({ definitions, town: smallTown });
});
afterEach(async () => {
  holding.resolve();
  await parts.engine.close();
});

/** Starts tasks of many owners at the same moment. Resolves with their ids. */
async function startMany(): Promise<string[]> {
  const started = await Promise.all(
    Array.from({ length: OWNERS * PER_OWNER }, (_, nth) =>
      parts.engine.enqueue({ name: 'brief', params: { nth } }, { owner: `owner ${nth % OWNERS}` }),
    ),
  );
  return started.map(({ task }) => task.id);
}

async function ends(ids: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const cursors = Object.fromEntries(ids.map((id) => [id, null]));
  for await (const { taskId, type } of parts.engine.events({ cursors }, { caller: admin })) {
    if (isTerminal(type)) found.set(taskId, [...(found.get(taskId) ?? []), type]);
  }
  return found;
}

async function jobs(): Promise<{ id: string; job: number }[]> {
  return (await parts.pool.query('SELECT id, job FROM lrt.task ORDER BY ordinal')).rows;
}

async function queuedJobs(): Promise<string[]> {
  const [queue] = parts.engine.queues();
  return queue ? queue.getRanges(['waiting', 'prioritized', 'active'], 0, -1) : [];
}

test('many tasks that may run at once share jobs: each runs once, and no more at a time than the worker may run', async () => {
  const ids = await startMany();
  await expect.poll(() => running).toBe(2);
  const shared = (await queuedJobs()).filter((id) => id.startsWith('bundle-'));
  expect(shared.length).toBeGreaterThan(0);
  // One that waits in a job of several is cancelled at once, and the others of that job are not.
  const waiting = ids[OWNERS * PER_OWNER - 1] ?? '';
  expect(await parts.engine.cancel(waiting, admin)).toMatchObject({ status: 'cancelled' });
  holding.resolve();
  const ended = await ends(ids);
  expect(ended.get(waiting)).toEqual(['cancelled']);
  ended.delete(waiting);
  expect([...ended.values()]).toEqual(ids.slice(1).map(() => ['succeeded']));
  expect(begun.sort((a, b) => a - b)).toEqual(ids.slice(1).map((_, nth) => nth));
  expect(most).toBe(2);
  const { rows } = await parts.pool.query(
    'SELECT max(attempt) AS attempt, max(losses) AS losses FROM lrt.task',
  );
  expect(rows).toEqual([{ attempt: 1, losses: 0 }]);
});

test('the sweeper leaves tasks alone that wait in a job of several, and dispatches those whose job is lost', async () => {
  await parts.worker.close();
  const ids = await startMany();
  const before = await jobs();
  const [queue] = parts.engine.queues();
  await expect.poll(queuedJobs).not.toEqual([]);
  const [lost, ...kept] = (await queuedJobs()).filter((id) => id.startsWith('bundle-'));
  expect(kept.length).toBeGreaterThan(0);
  const { id: first, more = [] } = (await queue?.getJob(lost ?? ''))?.data ?? {};
  const gone = [first, ...more.map((task: { id: string }) => task.id)];
  await queue?.remove(lost ?? '');
  await parts.pool.query(`UPDATE lrt.task SET touched_at = now() - interval '1 minute'`);
  const again = async () => (await jobs()).filter(({ job }, i) => job !== before[i]?.job).map(({ id }) => id);
  await expect.poll(again, { timeout: 10_000 }).not.toEqual([]);
  expect((await again()).sort()).toEqual(gone.sort());
  expect(ids).toEqual(expect.arrayContaining(gone));
});
