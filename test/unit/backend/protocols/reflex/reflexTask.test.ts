import { expect, test } from 'vitest';
import { reflexTaskOf } from '../../../../../backend/protocols/reflex/reflexTask.ts';

const statusOf = (message: string) =>
  reflexTaskOf({
    id: '1',
    name: 'process_data',
    queue: 'default',
    status: 'running',
    progress: { percent: 0, step: null, message },
    params: {},
    owner: 'ann',
    tags: [],
    createdAt: '2026-11-01T00:00:00.000Z',
    attempt: 1,
    seq: 2,
  }).status;

test.each([
  'Starting...',
  'Starting data processing',
  'Finished 3 of 4',
  'Error correction',
  'Errors: 2',
  'PROCESSING',
])('what a running task says is sent as it is: "%s"', (message) => {
  expect(statusOf(message)).toBe(message);
});

test.each([
  'STARTING',
  'Not started',
  'finished',
  ' FINISHED ',
  'ERROR',
  'Error: none\nat all',
  'pending',
  'cancelled',
])('what would be taken for another state is sent as PROCESSING: "%s"', (message) => {
  expect(statusOf(message)).toBe('PROCESSING');
});
