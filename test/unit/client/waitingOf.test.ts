import { expect, test } from 'vitest';
import { waitingOf } from '../../../src/client/index.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';

/** A queued task as it comes from a server. */
const task = (waiting: unknown): TaskSnapshot => ({
  ...JSON.parse('{"id":"t","name":"n","queue":"q","status":"queued"}'),
  waiting,
});

test('all that a server says of a waiting task is read', () => {
  const waiting = {
    reason: 'exclusive',
    queue: 'q',
    place: 2,
    heldBy: { id: 'a', name: 'b' },
    startsInSeconds: [0, 30],
  };
  expect(waitingOf(task(waiting))).toEqual(waiting);
  const limit = { reason: 'limit', queue: 'q', running: 10, limit: 10 };
  expect(waitingOf(task(limit))).toEqual(limit);
  const later = { reason: 'later', queue: 'q', notBefore: '2026-11-01T00:00:00.000Z' };
  expect(waitingOf(task(later))).toEqual(later);
});

test.each([undefined, null, 'worker', [], {}, { reason: 'moon' }, { reason: 7 }])(
  '%j says nothing',
  (waiting) => {
    expect(waitingOf(task(waiting))).toBeUndefined();
  },
);

test('fields that do not fit are left out', () => {
  const broken = {
    reason: 'worker',
    queue: 7,
    place: '2',
    heldBy: { id: 1 },
    running: -1,
    notBefore: 'soon',
    startsInSeconds: [30, 0],
  };
  expect(waitingOf(task(broken))).toEqual({ reason: 'worker', queue: 'q' });
});

test('a task that has begun does not wait, whatever is said of it', () => {
  const running: TaskSnapshot = { ...task({ reason: 'worker' }), status: 'running' };
  expect(waitingOf(running)).toBeUndefined();
});
