import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineTask } from '../../../../backend/tasks/defineTask.ts';

const good = { name: 'good', params: z.strictObject({}), execute: async () => null };

test('a definition has the default queue and 180 seconds unless it says otherwise', () => {
  expect(defineTask(good)).toMatchObject({ queue: 'default', timeoutSeconds: 180 });
  expect(defineTask({ ...good, queue: 'high_priority', timeoutSeconds: 600 })).toMatchObject({
    queue: 'high_priority',
    timeoutSeconds: 600,
  });
});

test('params are typed by the schema', () => {
  defineTask({
    name: 'typed',
    params: z.strictObject({ count: z.int() }),
    execute: async ({ count }) => count.toFixed(0),
  });
});

test.each([
  ['name', { name: '' }],
  ['name', { name: '1st' }],
  ['name', { name: 'with space' }],
  ['name', { name: 'x'.repeat(101) }],
  ['queue', { queue: '' }],
  ['timeoutSeconds', { timeoutSeconds: 0 }],
  ['timeoutSeconds', { timeoutSeconds: Number.NaN }],
  ['timeoutSeconds', { timeoutSeconds: Number.POSITIVE_INFINITY }],
  ['params', { params: {} }],
  ['check', { check: true }],
  ['exclusive', { exclusive: 'design' }],
  ['execute', { execute: undefined }],
])('a wrong "%s" is refused at once, and named: %j', (field, wrong) => {
  expect(() => Reflect.apply(defineTask, undefined, [{ ...good, ...wrong }])).toThrow(
    new RegExp(`defineTask.*"${field}" must be`),
  );
});
