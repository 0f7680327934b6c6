import { describe, expect, test } from 'vitest';
import { initialTaskState } from '../../../src/client/taskReducer.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';
import { stateOf } from '../../../src/parts/stateOf.ts';

const SNAPSHOT: TaskSnapshot = {
  id: '1',
  name: 'label_poles',
  queue: 'default',
  status: 'running',
  progress: { percent: 10, step: null, message: '' },
  params: {},
  owner: 'mara',
  tags: [],
  createdAt: '2026-11-29T06:00:00Z',
  attempt: 1,
  seq: 1,
};
const RECONNECTING = { state: 'reconnecting', attempt: 1, retryAt: 0, reason: '' } as const;

describe('the state in which a task is shown', () => {
  test.each([
    [{ status: 'queued' }, 'queued'],
    [{ status: 'queued', waiting: { reason: 'worker', queue: 'default' } }, 'queued'],
    [{ status: 'queued', waiting: { reason: 'no-worker', queue: 'reports' } }, 'stuck'],
    [{ status: 'queued', cancelRequested: true }, 'cancelling'],
    [{ status: 'running' }, 'running'],
    [{ status: 'running', cancelRequested: true }, 'cancelling'],
    [{ status: 'succeeded' }, 'succeeded'],
    [{ status: 'succeeded', items: { ok: 1, failed: 0, failures: [] } }, 'succeeded'],
    [{ status: 'succeeded', items: { ok: 1, failed: 37, failures: [] } }, 'partly-succeeded'],
    [{ status: 'failed', error: { code: 'network', message: '' } }, 'failed'],
    [{ status: 'cancelled', cancelRequested: true }, 'cancelled'],
  ] as const)('of a list is read from its snapshot: %o', (fields, state) => {
    const task: TaskSnapshot = JSON.parse(JSON.stringify({ ...SNAPSHOT, ...fields }));
    expect(stateOf(task, { state: 'live' })).toBe(state);
  });

  test('is uncertain while the connection is lost, and certain after the end', () => {
    expect(stateOf(SNAPSHOT, RECONNECTING)).toBe('reconnecting');
    expect(stateOf({ ...SNAPSHOT, status: 'succeeded' }, RECONNECTING)).toBe('succeeded');
  });

  test('of a followed task comes with its own connection, and it may be out of sight', () => {
    const followed = initialTaskState('1', { status: 'running' });
    expect(stateOf(followed)).toBe('running');
    expect(stateOf({ ...followed, connection: RECONNECTING })).toBe('reconnecting');
    expect(stateOf({ ...followed, ended: true, error: { code: 'forbidden', message: '' } })).toBe('lost');
  });
});
