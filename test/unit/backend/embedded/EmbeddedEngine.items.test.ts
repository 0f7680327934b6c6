import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../../../backend/common/Store.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import { defineTask } from '../../../../backend/tasks/defineTask.ts';
import { declareItemsContract } from '../../../contracts/items.contract.ts';
import { smallStore } from '../../../support/tasks/definitions.ts';

declareItemsContract('EmbeddedEngine', async (definitions) => {
  const store = smallStore();
  return { engine: new EmbeddedEngine({ definitions, store }), store };
});

test('a store that cannot undo one item is named, where a task keeps good items', async () => {
  const store: Store<{ shelf: string[] }> = {
    begin: () => ({ work: { shelf: [] }, commit: async () => {}, rollback() {} }),
  };
  const keeper = defineTask<object, unknown, { shelf: string[] }>({
    name: 'keeper',
    keep: 'good-items',
    params: z.strictObject({}),
    execute: (_, { item }) => item('one', async () => 1),
  });
  const engine = new EmbeddedEngine({ definitions: [keeper], store });
  const ann = { owner: 'ann' };
  const { task } = await engine.enqueue({ name: 'keeper', params: {} }, ann);
  await expect
    .poll(() => engine.get(task.id, ann))
    .toMatchObject({
      status: 'failed',
      error: { message: expect.stringMatching(/"keeper" keeps good items.*savepoint\(\)/) },
    });
  await engine.close();
});

test('keep is checked when the task is defined', () => {
  const draft = { name: 'x', params: z.strictObject({}), execute: async () => 1 };
  expect(defineTask(draft).keep).toBe('all-or-nothing');
  const wrong = { ...draft, keep: 'some' };
  expect(() => Reflect.apply(defineTask, undefined, [wrong])).toThrow(
    /"keep" must be 'all-or-nothing' or 'good-items'/,
  );
});
