import { expect, test } from 'vitest';
import { rangeOf, startsAfter, startsIn } from '../../../../backend/tasks/startsIn.ts';

test('fewer than 5 durations say nothing; of more, 8 of 10 are within the range, and the newest 50 count', () => {
  expect(rangeOf([1, 2, 3, 4])).toBeUndefined();
  expect(rangeOf(Array.from({ length: 11 }, (_, i) => 20 - i))).toEqual({ lowSeconds: 11, highSeconds: 19 });
  expect(rangeOf([...Array(50).fill(3), ...Array(500).fill(900)])).toEqual({ lowSeconds: 3, highSeconds: 3 });
});

const range = { lowSeconds: 10, highSeconds: 20 };

test.each([
  [1, 1, [0, 20]],
  [2, 1, [10, 40]],
  [3, 2, [10, 40]],
  [5, 2, [20, 60]],
])('place %i with %i slots', (place, slots, expected) => {
  expect(startsIn({ place, slots, range })).toEqual(expected);
});

test('without a range, or where nothing runs, nobody knows', () => {
  expect(startsIn({ place: 1, slots: 2, range: undefined })).toBeUndefined();
  expect(startsIn({ place: 1, slots: 0, range })).toBeUndefined();
});

test('after another task: what is left of it; nothing where it takes longer than usual or has not begun', () => {
  expect(startsAfter({ place: 1, elapsedSeconds: 5, range })).toEqual([5, 15]);
  expect(startsAfter({ place: 1, elapsedSeconds: 15, range })).toEqual([0, 5]);
  expect(startsAfter({ place: 2, elapsedSeconds: 5, range })).toEqual([15, 35]);
  expect(startsAfter({ place: 1, elapsedSeconds: 21, range })).toBeUndefined();
  expect(startsAfter({ place: 1, elapsedSeconds: undefined, range })).toBeUndefined();
});
