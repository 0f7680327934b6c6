import { expect, test } from 'vitest';
import { TaskManager } from '../../../../server/src/service/TaskManager.ts';

const request = { method: 'Work', taskId: 't1', workflowId: 'wf-1', inputs: [], parameters: {} };

test('a task ends once, and its progress never goes back', () => {
  const tasks = new TaskManager();
  expect(tasks.registerTask('t1', request)).toBe(true);
  for (const percent of [40, 20, 150, Number.NaN, -5]) tasks.updateProgress('t1', percent);
  expect(tasks.get('t1')).toMatchObject({ status: 'running', progress: 100 });
  expect(tasks.completeTask('t1', { poles: 3 })).toBe(true);
  expect(tasks.failTask('t1', 'too late')).toBe(false);
  expect(tasks.completeTask('t1', 'another')).toBe(false);
  expect(tasks.updateProgress('t1', 100)).toBe(false);
  expect(tasks.get('t1')).toMatchObject({ status: 'complete', output: { protocol: 'inline' } });
  expect(tasks.registerTask('t1', request)).toBe(false);
});

test('of the tasks that ended it keeps the newest, and never forgets one that runs', () => {
  const tasks = new TaskManager({ maxEnded: 2 });
  for (const id of ['a', 'b', 'c', 'd']) tasks.registerTask(id, { ...request, taskId: id });
  for (const id of ['d', 'b', 'c']) tasks.completeTask(id, null);
  expect(['a', 'b', 'c', 'd'].map((id) => tasks.get(id)?.status)).toEqual([
    'running',
    'complete',
    'complete',
    undefined,
  ]);
  expect(tasks.running).toBe(1);
});

test('an output that is no JSON ends nothing', () => {
  const tasks = new TaskManager();
  tasks.registerTask('t1', request);
  expect(() => tasks.completeTask('t1', { big: 1n })).toThrow(TypeError);
  expect(tasks.get('t1')?.status).toBe('running');
});
