// Tests that whatever a host's own client lists becomes a task that a notice and a title can show, or none.
import { expect, test } from 'vitest';
import { parseTask } from '../../../src/notices/parseTask.ts';

test.each([null, undefined, 'x', 7, [], {}, { id: 1, status: 'running' }, { id: 'a', status: 'odd' }])(
  '%o is no task',
  (value) => {
    expect(parseTask(value)).toBeUndefined();
  },
);

test('a task without progress is one that nobody knows the progress of', () => {
  const bare = parseTask({
    id: 'a',
    status: 'running',
    progress: null,
    items: 'x',
    error: 7,
    built: { bbox: [1] },
  });
  expect(bare).toMatchObject({
    id: 'a',
    name: '',
    params: {},
    progress: { percent: null, step: null, message: '' },
  });
  expect(bare).not.toHaveProperty('items');
  expect(bare).not.toHaveProperty('error');
  expect(bare).not.toHaveProperty('built');
});

test('the facts that a notice shows are kept', () => {
  const bbox = [1, 2, 3, 4];
  const error = { code: 'timeout', message: 'late', details: { seconds: 5 } };
  const items = { ok: 1, failed: 2, failures: [] };
  const task = {
    id: 'a',
    status: 'failed',
    name: 'x',
    params: { design: 'design/A' },
    items,
    error,
    cancelledBy: 'me',
  };
  expect(parseTask({ ...task, built: { bbox } })).toMatchObject({ ...task, built: { bbox } });
});
