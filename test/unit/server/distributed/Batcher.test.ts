import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Batcher } from '../../../../server/src/distributed/rows/Batcher.ts';

let batches: number[][];
let batcher: Batcher<number, number>;

beforeEach(() => {
  vi.useFakeTimers();
  batches = [];
  const work = async (items: number[]) => {
    batches.push(items);
    return items.map((item) => item * 10);
  };
  batcher = new Batcher(work, { onSplit: () => {} });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a single call waits for nothing', async () => {
  expect(await batcher.add(1)).toBe(10);
  expect(await batcher.add(2)).toBe(20);
  expect(batches).toEqual([[1], [2]]);
});

test('under load a call waits some milliseconds for others, and no longer once the load is gone', async () => {
  expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([10, 20, 30]);
  // Three calls that come together are no load. More that come while these are on their way are.
  expect(await batcher.add(4)).toBe(40);
  const three = Promise.all([1, 2, 3].map((item) => batcher.add(item)));
  await Promise.resolve();
  const late = batcher.add(0);
  await vi.advanceTimersByTimeAsync(10);
  await Promise.all([three, late]);
  batches.length = 0;
  const fourth = batcher.add(4);
  await vi.advanceTimersByTimeAsync(4);
  const fifth = batcher.add(5);
  await vi.advanceTimersByTimeAsync(6);
  expect(await Promise.all([fourth, fifth])).toEqual([40, 50]);
  expect(batches).toEqual([[4, 5]]);
  await vi.advanceTimersByTimeAsync(200);
  expect(await batcher.add(6)).toBe(60);
});
