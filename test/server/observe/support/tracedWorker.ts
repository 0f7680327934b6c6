// A worker in a process of its own: takes a task with its traceparent, runs and commits it, and ends by itself.
import { startTracing, tracesEndpoint } from '../../../../server/src/observe/startTracing.ts';
import { recordWait, traced } from '../../../../server/src/observe/tracing.ts';

const [traceparent = '', waitSeconds = ''] = process.argv.slice(2);
const endpoint = tracesEndpoint(process.env) ?? '';
const logger = { warn: (_fields: object, message: string) => console.log(message) };
const tracing = await startTracing({ endpoint, serviceName: 'lrt-worker', logger });

recordWait('task wait', { 'lrt.queue': 'default' }, Number(waitSeconds), traceparent);
await traced(
  'task run',
  { 'lrt.task': 'connect' },
  async () => {
    // The active span is known after work that was waited for.
    await new Promise((resolve) => setImmediate(resolve));
    await traced('task commit', {}, () => {});
  },
  traceparent,
);
await tracing.shutdown();
console.log('ended');
