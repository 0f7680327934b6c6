import { expect, test } from 'vitest';
import { createLogger } from '../../../server/src/observe/createLogger.ts';
import { createMetrics } from '../../../server/src/observe/createMetrics.ts';
import { logTasks } from '../../../server/src/observe/logTasks.ts';

test('the log says when a task begins, why it is run again, and how, why and when it ended', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const metrics = createMetrics({});
  const observer = logTasks(logger, metrics.observer);
  const run = { taskId: 't-1', name: 'poles', queue: 'default', attempt: 2 };
  observer.started({ ...run, waitSeconds: 0.123_456 });
  observer.restarted({ ...run, reason: 'worker-lost' });
  observer.ended({
    ...run,
    status: 'failed',
    runSeconds: 3,
    error: { code: 'exception', message: 'the pole is gone' },
  });
  const fields = { taskId: 't-1', task: 'poles', queue: 'default', attempt: 2 };
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { ...fields, level: 'info', time: expect.any(String), msg: 'task begun', waitSeconds: 0.123 },
    { ...fields, level: 'warn', time: expect.any(String), msg: 'task is run again', reason: 'worker-lost' },
    {
      ...fields,
      level: 'info',
      time: expect.any(String),
      msg: 'task ended',
      status: 'failed',
      runSeconds: 3,
      code: 'exception',
      reason: 'the pole is gone',
    },
  ]);
  // The figures are counted all the same.
  expect((await metrics.render()).body).toContain('lrt_run_seconds_count{name="poles",status="failed"} 1');
});
