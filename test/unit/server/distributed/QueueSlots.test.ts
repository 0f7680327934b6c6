import { expect, test } from 'vitest';
import { QueueSlots } from '../../../../server/src/distributed/worker/QueueSlots.ts';

test('with one task a job, BullMQ may hand out as many jobs as tasks may run', () => {
  const worker = { concurrency: 3 };
  const slots = new QueueSlots(worker, 3);
  expect([slots.take(1), slots.take(1), slots.take(1)]).toEqual([1, 1, 1]);
  expect(worker.concurrency).toBe(3);
  slots.taskEnded();
  slots.jobEnded();
  expect(worker.concurrency).toBe(3);
});

test('a job with several tasks takes their slots, and BullMQ hands out no more than fits', () => {
  const worker = { concurrency: 8 };
  const slots = new QueueSlots(worker, 8);
  expect(slots.take(3)).toBe(3);
  // Five are free: two more jobs of that size may come, the last of them in part.
  expect(worker.concurrency).toBe(3);
  expect([slots.take(3), slots.take(3)]).toEqual([3, 2]);
  expect(worker.concurrency).toBe(3);
  // One that was on its way meanwhile.
  expect(slots.take(3)).toBe(0);
  slots.jobEnded();
  expect(worker.concurrency).toBe(3);
});

test('while a job waits for its last task, its other slots are free', () => {
  const worker = { concurrency: 4 };
  const slots = new QueueSlots(worker, 4);
  expect(slots.take(4)).toBe(4);
  expect(worker.concurrency).toBe(1);
  for (let i = 0; i < 3; i += 1) slots.taskEnded();
  expect(worker.concurrency).toBe(2);
  expect(slots.take(1)).toBe(1);
  expect(worker.concurrency).toBe(4);
});

test('a task without a job takes a place, and leaves one for jobs', () => {
  const worker = { concurrency: 3 };
  const slots = new QueueSlots(worker, 3);
  expect([slots.reserve(), slots.reserve(), slots.reserve()]).toEqual([true, true, false]);
  expect(worker.concurrency).toBe(1);
  expect(slots.take(2)).toBe(1);
  slots.taskEnded();
  expect(slots.reserve()).toBe(false);
  slots.taskEnded();
  expect(slots.reserve()).toBe(true);
  expect(new QueueSlots({ concurrency: 1 }, 1).reserve()).toBe(false);
});
