// Tests which notices are shown, and for how long.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { NoticeStore } from '../../../src/notices/NoticeStore.ts';

let store: NoticeStore;
beforeEach(() => {
  vi.useFakeTimers();
  store = new NoticeStore();
});
afterEach(() => {
  store.dispose();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const { snapshot } = createFakeSystem().add();
const add = (id: string, leaves = true) => store.add({ id, leaves, task: { ...snapshot, id } });
const shown = () => store.getState().map(({ id }) => id);

test('a success leaves after 8 seconds, and a failure stays', () => {
  add('failed', false);
  add('done');
  vi.advanceTimersByTime(7_900);
  expect(shown()).toEqual(['failed', 'done']);
  vi.advanceTimersByTime(100);
  expect(shown()).toEqual(['failed']);
  vi.advanceTimersByTime(100_000);
  expect(shown()).toEqual(['failed']);
});

test.each(['hidden', 'pointer', 'focus'] as const)('the seconds are not counted while: %s', (why) => {
  add('done');
  vi.advanceTimersByTime(5_000);
  store.hold(why, true);
  vi.advanceTimersByTime(60_000);
  store.hold(why, true);
  expect(shown()).toEqual(['done']);
  store.hold(why, false);
  vi.advanceTimersByTime(2_900);
  expect(shown()).toEqual(['done']);
  vi.advanceTimersByTime(100);
  expect(shown()).toEqual([]);
});

test('each success has its own 8 seconds', () => {
  add('one');
  vi.advanceTimersByTime(3_000);
  add('two');
  vi.advanceTimersByTime(5_000);
  expect(shown()).toEqual(['two']);
  vi.advanceTimersByTime(3_000);
  expect(shown()).toEqual([]);
});

test('there are three at most, the newest last; successes make room before failures do', () => {
  add('failed', false);
  for (const id of ['a', 'b', 'c']) add(id);
  expect(shown()).toEqual(['failed', 'b', 'c']);
  for (const id of ['x', 'y', 'z']) add(id, false);
  expect(shown()).toEqual(['x', 'y', 'z']);
  add('x', false);
  expect(shown()).toEqual(['y', 'z', 'x']);
});

test('listeners hear of a change, and of nothing else', () => {
  const heard = vi.fn();
  const stop = store.subscribe(heard);
  add('a');
  store.remove('unknown');
  store.hold('pointer', true);
  expect(heard).toHaveBeenCalledTimes(1);
  store.remove('a');
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  add('b');
  expect(heard).toHaveBeenCalledTimes(2);
  store.remove('b');
});
