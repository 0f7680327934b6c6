// Tests the sentences that say how a task stands, in the languages that differ most.
import { describe, expect, test } from 'vitest';
import type { TaskSnapshot, TaskWaiting } from '../../../src/contract/index.ts';
import { createTranslator } from '../../../src/locales/createTranslator.ts';
import { loadLocale } from '../../../src/locales/loadLocale.ts';
import { loadMonitorLocales } from '../../../src/locales/monitor/monitorLocales.ts';
import {
  cancelledByText,
  countText,
  designOf,
  outcomeText,
  stepText,
  taskTitle,
  waitingText,
} from '../../../src/parts/taskWords.ts';

const translator = async (language: string) =>
  createTranslator({ locale: await loadLocale(language, await loadMonitorLocales()) });
const en = await translator('en');

const AT = Date.parse('2026-05-01T09:41:20Z');
const task = (more: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
  id: 'a',
  name: 'customer_connection_task',
  queue: 'default',
  status: 'running',
  progress: { percent: 48, step: 4, stepCount: 5, message: 'Connecting addresses', done: 958, total: 2000 },
  params: { design: 'design/FTTH-North' },
  owner: 'mara',
  tags: [],
  createdAt: '2026-05-01T09:29:20Z',
  attempt: 1,
  seq: 1,
  ...more,
});
const waiting = (more: Omit<TaskWaiting, 'queue'>) =>
  waitingText(task({ status: 'queued', waiting: { queue: 'reports', ...more } }), en, AT);

describe('a running task', () => {
  test('has the title, the design, the step and the count that its words say', () => {
    expect(taskTitle(task(), en)).toBe('Customer connections');
    expect(designOf(task())).toBe('FTTH-North');
    expect(stepText(task(), en)).toBe('Step 4 of 5 · Connecting addresses');
    expect(countText(task(), en)).toBe('958 / 2,000 addresses connected');
    expect(outcomeText(task(), en)).toBeUndefined();
  });

  test('without words of its own is named after its name, and says what its worker says', () => {
    const other = task({
      name: 'pole_report_task',
      progress: { percent: null, step: 2, message: 'Sorting', done: 7 },
      params: {},
    });
    expect(taskTitle(other, en)).toBe('Pole report');
    expect(taskTitle({ name: '_task' }, en)).toBe('_task');
    expect(designOf(other)).toBeUndefined();
    expect(stepText(other, en)).toBe('Step 2 · Sorting');
    expect(countText(other, en)).toBe('7');
    expect(countText(task({ name: 'x', progress: { ...other.progress, total: 1200 } }), en)).toBe(
      '7 / 1,200',
    );
    expect(stepText(task({ progress: { percent: null, step: null, message: '' } }), en)).toBeUndefined();
  });
});

describe('a task that has ended says how', () => {
  test.each<[string, Partial<TaskSnapshot>, string]>([
    ['in its own units', { status: 'succeeded' }, '958 addresses connected'],
    [
      'by its items, where it has any',
      { status: 'succeeded', items: { ok: 2000, failed: 0, failures: [] } },
      '2,000 addresses connected',
    ],
    [
      'with the items that failed',
      { status: 'succeeded', items: { ok: 1963, failed: 37, failures: [] } },
      '37 of 2,000 failed',
    ],
    ['without words of its own', { status: 'succeeded', name: 'other' }, '958 of 2,000 done'],
    ['without a count', { status: 'succeeded', progress: { percent: 100, step: null, message: '' } }, 'Done'],
    [
      'with the reason of a failure',
      { status: 'failed', error: { code: 'not-ours', message: 'The disk is full.' } },
      'The disk is full.',
    ],
    [
      'with a failure that says nothing',
      { status: 'failed', error: { code: 'x', message: '' } },
      'The task failed',
    ],
    ['with a failure that is not there', { status: 'failed' }, 'The task failed'],
    [
      'with who cancelled it',
      { status: 'cancelled', cancelledBy: 'Jonas Weber' },
      'Cancelled by Jonas Weber',
    ],
    ['with the reader as who cancelled it', { status: 'cancelled', cancelledBy: 'mara' }, 'Cancelled by you'],
    ['with nobody who cancelled it', { status: 'cancelled' }, 'Cancelled'],
  ])('%s', (_, more, sentence) => {
    expect(outcomeText(task(more), en, { user: 'mara' })).toBe(sentence);
  });

  test('in the words that a pack has for the error', async () => {
    const failed = task({ status: 'failed', error: { code: 'timeout', message: 'TIMEOUT' } });
    expect(outcomeText(failed, await translator('de'))).toBe(
      'Die Aufgabe hat länger gedauert als erlaubt und wurde beendet.',
    );
  });
});

describe('a task that waits says why', () => {
  test('because workers are busy', () => {
    expect(waiting({ reason: 'worker', place: 2, startsInSeconds: [8, 20] })).toEqual({
      place: '2nd',
      when: 'starts in 8 to 20 sec',
      reason: 'Waiting for a free worker',
      isStuck: false,
    });
  });

  test('because of another task, by its title', () => {
    const heldBy = { id: 'b', name: 'customer_connection_task' };
    expect(waiting({ reason: 'exclusive', place: 1, heldBy, startsInSeconds: [45, 80] })).toEqual({
      place: '1st',
      when: 'starts in 45 sec to 1 min 20 sec',
      reason: 'FTTH-North is held by Customer connections',
      heldBy: { id: 'b', title: 'Customer connections' },
      isStuck: false,
    });
    expect(waiting({ reason: 'exclusive' })?.reason).toBe('FTTH-North is held by another task');
  });

  test('because nobody takes tasks of its queue, and since when', () => {
    expect(waiting({ reason: 'no-worker', place: 1 })).toEqual({
      place: '1st',
      when: 'for 12 min',
      reason: 'No worker takes tasks of the queue “reports”',
      isStuck: true,
    });
  });

  test('because of the limit of its owner, or of its next attempt', () => {
    expect(waiting({ reason: 'limit', running: 3, limit: 3 })?.reason).toBe('You run 3 of 3 tasks at once');
    expect(waiting({ reason: 'later', notBefore: '2026-05-01T09:41:50Z' })?.reason).toBe(
      'The next attempt starts in 30 sec',
    );
    expect(waiting({ reason: 'later', notBefore: 'soon' })?.reason).toBe('The next attempt starts soon');
  });

  test('and where the server does not say it, waits for a worker', () => {
    expect(waitingText(task({ status: 'queued' }), en, AT)).toEqual({
      reason: 'Waiting for a free worker',
      isStuck: false,
    });
    expect(waitingText(task(), en, AT)).toBeUndefined();
  });
});

test.each(['de', 'fr', 'es', 'ja', 'ar'])('%s says all of it without English', async (language) => {
  const words = await translator(language);
  const texts = [
    taskTitle(task(), words),
    stepText(task(), words),
    countText(task(), words),
    outcomeText(task({ status: 'succeeded', items: { ok: 1, failed: 2, failures: [] } }), words),
    cancelledByText({ cancelledBy: '7' }, words),
    ...[1, 2, 3, 11].map((place) => {
      const snapshot = task({ status: 'queued', waiting: { queue: '7', reason: 'no-worker', place } });
      return Object.values(waitingText(snapshot, words, AT) ?? {}).join(' ');
    }),
  ].join(' ');
  expect(texts).not.toMatch(/⟦|\{|\b(of|failed|step|worker|held)\b/i);
});
