import { afterEach, expect, test, vi } from 'vitest';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { TaskRecord } from '../../../../backend/embedded/TaskJournal.ts';
import { MemoryStore } from '../../../../backend/network/MemoryStore.ts';
import { declareClearContract } from '../../../contracts/clear.contract.ts';
import { definitions, smallStore } from '../../../support/tasks/definitions.ts';

afterEach(() => {
  vi.useRealTimers();
});

declareClearContract('EmbeddedEngine', async ({ town, ...setup }) => {
  const store = new MemoryStore({ town });
  return { engine: new EmbeddedEngine({ ...setup, store }) };
});

const ann = { owner: 'ann' };

test('the journal forgets a task that is cleared, and its key is free two minutes after its end', async () => {
  const records = new Map<string, TaskRecord>();
  const journal = {
    load: async () => [...records.values()],
    save: async (record: TaskRecord) => void records.set(record.task.id, record),
    remove: async (id: string) => void records.delete(id),
  };
  const engine = await EmbeddedEngine.open({ definitions, store: smallStore(), journal });
  const request = { name: 'count', params: { to: 1 }, idempotencyKey: 'k' };
  const { task } = await engine.enqueue(request, ann);
  await expect.poll(() => engine.get(task.id, ann)).toMatchObject({ status: 'succeeded' });
  await engine.clear([task.id], ann);
  expect(records.size).toBe(0);
  await expect(engine.enqueue(request, ann)).rejects.toMatchObject({
    error: { code: 'idempotency-conflict' },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 121_000 });
  expect(await engine.enqueue(request, ann)).toMatchObject({ created: true });
  vi.useRealTimers();
  await engine.close();
});
