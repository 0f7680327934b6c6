import { expect, test } from 'vitest';
import type { NewEvent } from '../../../../backend/tasks/LoggedEvent.ts';
import { newTask } from '../../../../backend/tasks/newTask.ts';
import {
  decodeEvent,
  decodeMessage,
  encodeEvent,
} from '../../../../server/src/distributed/logs/eventCodec.ts';
import type { TaskSnapshot } from '../../../../src/contract/index.ts';

const task: TaskSnapshot = {
  ...newTask({ name: 'count', params: {}, ignored: [] }, { name: 'count', queue: 'q' }, 'ann', undefined),
  status: 'running',
  progress: { percent: 5, step: 1, message: 'begun' },
};
const HARD = 'line one\nline two \u2028 "quoted" \\ back {brace} \ud83d\ude00';
const CASES: NewEvent[] = [
  { type: 'snapshot', change: { status: 'running' }, features: [] },
  { type: 'progress', progress: { percent: 12.5, step: null, message: HARD } },
  { type: 'log', level: 'warning', message: HARD },
  {
    type: 'features',
    features: [
      {
        type: 'Feature',
        id: HARD,
        geometry: { type: 'Point', coordinates: [0, 1] },
        properties: { table: 't' },
      },
    ],
    built: { count: 7, tables: ['t'], bbox: [0, 1, 0, 1] },
  },
  { type: 'features', features: [] },
  { type: 'items', items: [{ id: HARD, code: 'c', message: HARD }] },
  { type: 'succeeded', result: { text: HARD } },
  { type: 'succeeded', result: null },
  { type: 'failed', error: { code: 'exception', message: HARD } },
  { type: 'cancelled' },
  { type: 'cancelled', cancelledBy: 'root "1"', cancelRequestedAt: '2026-11-01T00:00:00.000Z' },
];

test.each(CASES)('$type comes back from Redis as it went, as an object and as text', (event) => {
  const [type, at, data, progress, built, flags] = encodeEvent(event, task);
  const now = type === 'features' ? built : progress === '' ? JSON.stringify(task.progress) : progress;
  // As APPEND_SCRIPT publishes it.
  const message = ['8', '2', type, at, now, data].join('\n');
  const published = decodeMessage(task.id, message);
  const head = { taskId: task.id, seq: 8, at, attempt: 2 };
  const expected =
    event.type === 'snapshot'
      ? { ...head, type, task: { ...task, attempt: 2, seq: 8 }, features: [] }
      : { ...head, ...event };
  if (!published || 'large' in published) throw new Error('the event was not published');
  expect(published.event).toEqual(expected);
  expect(JSON.parse(published.json)).toEqual(expected);
  expect(flags.includes('f')).toBe(event.type === 'features');
});

test('of an event that is too large to be published a server hears the number', () => {
  expect(decodeMessage(task.id, ['8', '2', 'large', task.createdAt, '', ''].join('\n'))).toEqual({
    large: 8,
  });
});

test('an event of a later version of the server is left out', () => {
  const logged = { seq: 1, attempt: 1, type: 'hologram', at: task.createdAt, progress: '', data: '{}' };
  expect(decodeEvent(task.id, logged)).toBeUndefined();
});
