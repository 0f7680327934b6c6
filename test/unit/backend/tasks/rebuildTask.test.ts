import { describe, expect, test } from 'vitest';
import { LoggedEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { NO_PROGRESS, newTask } from '../../../../backend/tasks/newTask.ts';
import {
  type LoggedState,
  logBeginning,
  onlyEventOf,
  restoredTask,
  taskOfLog,
  withKnownParts,
} from '../../../../backend/tasks/rebuildTask.ts';
import type { TaskSnapshot } from '../../../../src/contract/index.ts';

const queued = newTask(
  { name: 'count', params: {}, ignored: [] },
  { name: 'count', queue: 'default' },
  'ann',
  undefined,
);
const startedAt = '2026-01-01T00:00:01.000Z';
const running: TaskSnapshot = { ...queued, status: 'running', startedAt };
const full = { percent: 100, step: null, message: 'done' };
const succeeded: TaskSnapshot = {
  ...running,
  status: 'succeeded',
  result: { n: 1 },
  progress: full,
  finishedAt: '2026-01-01T00:00:02.000Z',
};
const half = { percent: 50, step: null, message: 'half' };
const state: LoggedState = { seq: 7, attempt: 1, ended: false, progress: half };
const snapshotEvent = (task: TaskSnapshot) =>
  LoggedEvent.of({ taskId: task.id, seq: 2, at: startedAt, attempt: 1, type: 'snapshot', task });

describe('the task of a log that is missing', () => {
  test('waits, until the log begins', () => {
    const task = taskOfLog(running, undefined, { isPublished: false });
    expect(task.status).toBe('queued');
    expect(task).not.toHaveProperty('startedAt');
  });

  test('waits although the store knows its end: the end is still to be published', () => {
    const task = taskOfLog(succeeded, undefined, { isPublished: false });
    expect(task).toMatchObject({ status: 'queued', progress: NO_PROGRESS });
    expect(task).not.toHaveProperty('result');
    expect(task).not.toHaveProperty('finishedAt');
  });

  test('has ended where the end was published', () => {
    expect(taskOfLog(succeeded, undefined, { isPublished: true })).toBe(succeeded);
  });
});

describe('the task of a log', () => {
  test('is as far as its newest snapshot, and has the progress of the log', () => {
    const task = taskOfLog(succeeded, { state, events: [snapshotEvent(running)] }, { isPublished: false });
    expect(task).toEqual({ ...running, progress: half, seq: 7 });
    const waiting = taskOfLog(running, { state, events: [snapshotEvent(queued)] }, { isPublished: false });
    expect(waiting).toEqual({ ...queued, progress: half, seq: 7 });
  });

  test('runs where the log was cut and has no snapshot left, although the store knows its end', () => {
    const task = taskOfLog(succeeded, { state, events: [] }, { isPublished: false });
    expect(task).toEqual({ ...running, progress: half, seq: 7 });
  });

  test('has ended where the log has', () => {
    const items = { ok: 2, failed: 0, failures: [] };
    const ended = { ...state, ended: true, progress: full, items };
    expect(taskOfLog(succeeded, { state: ended, events: [] }, { isPublished: false })).toEqual({
      ...succeeded,
      items,
      seq: 7,
    });
  });
});

test('a log begins with the task waiting; one that was lost goes on with higher numbers', () => {
  expect(logBeginning({ ...running, progress: half }, 1)).toEqual({
    task: { ...queued, progress: NO_PROGRESS, seq: 1 },
    at: queued.createdAt,
  });
  const lost = logBeginning({ ...succeeded, attempt: 2 }, 1).task;
  expect(lost).toMatchObject({ status: 'succeeded', startedAt, progress: full });
  expect(lost).not.toHaveProperty('result');
  expect(lost.seq).toBeGreaterThan(1_700_000_000_000);
});

test('a task of an earlier process is queued again with numbers that no client has seen', () => {
  expect(restoredTask(succeeded)).toBe(succeeded);
  const items = { ok: 1, failed: 0, failures: [] };
  const again = restoredTask({ ...running, seq: 9, items });
  expect(again).toMatchObject({ status: 'queued', attempt: 2, progress: NO_PROGRESS });
  expect(again).not.toHaveProperty('items');
  expect(again.seq).toBeGreaterThan(1_000_000);
});

test('the only event of a task is its end, or a snapshot', () => {
  expect(onlyEventOf(succeeded)).toMatchObject({
    type: 'succeeded',
    result: { n: 1 },
    at: succeeded.finishedAt,
  });
  expect(onlyEventOf({ ...queued, status: 'failed' })).toMatchObject({
    type: 'failed',
    error: { code: 'exception', message: 'The reason was not kept' },
  });
  expect(onlyEventOf(queued)).toMatchObject({ type: 'snapshot', task: queued });
});

test('a change of the task alone keeps the items, and a new attempt has none', () => {
  const items = { ok: 1, failed: 0, failures: [] };
  const head = { taskId: queued.id, seq: 3, at: startedAt, attempt: 1, type: 'snapshot' as const };
  expect(withKnownParts({ ...head, task: running }, { items }).task.items).toEqual(items);
  expect(withKnownParts({ ...head, task: running, features: [] }, { items }).task).not.toHaveProperty(
    'items',
  );
});
