import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../../server/src/observe/createLogger.ts';
import { startTracing, tracesEndpoint } from '../../../server/src/observe/startTracing.ts';
import {
  currentTraceparent,
  recordWait,
  traced,
  tracedRequest,
} from '../../../server/src/observe/tracing.ts';
import { type Collector, startCollector } from './support/startCollector.ts';

const run = promisify(execFile);
const WORKER = fileURLToPath(new URL('support/tracedWorker.ts', import.meta.url));
const CALLER = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

async function setUp(): Promise<{ collector: Collector; warnings: string[]; shutdown(): Promise<void> }> {
  const collector = await startCollector();
  const warnings: string[] = [];
  const logger = { warn: (_fields: object, message: string) => warnings.push(message) };
  const endpoint = `${collector.url}/v1/traces`;
  const { shutdown } = await startTracing({ endpoint, serviceName: 'lrt-server', logger });
  onTestFinished(async () => {
    await shutdown();
    await collector.close();
  });
  return { collector, warnings, shutdown };
}

const runWorker = (collectorUrl: string, traceparent: string, waitSeconds: number) =>
  run(process.execPath, [WORKER, traceparent, String(waitSeconds)], {
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl },
  });

function byName({ spans }: Collector, name: string) {
  const found = spans.filter((span) => span.name === name);
  const [span] = found;
  if (found.length !== 1 || !span) throw new Error(`${found.length} spans are called ${name}`);
  return span;
}

test('one trace from POST /tasks to the commit, over two processes', async () => {
  const { collector, shutdown } = await setUp();
  let stored: string | undefined;
  const request = new Request('http://localhost/tasks', { method: 'POST', headers: { traceparent: CALLER } });
  const response = await tracedRequest(request, '/tasks', () =>
    traced('task enqueue', { 'lrt.task': 'connect' }, async () => {
      await Promise.resolve();
      stored = currentTraceparent();
      return new Response(null, { status: 201 });
    }),
  );
  expect(response.status).toBe(201);
  if (!stored) throw new Error('There is nothing to store with the task');
  await runWorker(collector.url, stored, 2);
  await shutdown();

  const http = byName(collector, 'POST /tasks');
  const enqueue = byName(collector, 'task enqueue');
  const wait = byName(collector, 'task wait');
  const taskRun = byName(collector, 'task run');
  const commit = byName(collector, 'task commit');
  const all = [http, enqueue, wait, taskRun, commit];
  expect(all.map((span) => span.traceId)).toEqual(all.map(() => CALLER.split('-')[1]));
  expect(all.map((span) => span.service)).toEqual([
    'lrt-server',
    'lrt-server',
    'lrt-worker',
    'lrt-worker',
    'lrt-worker',
  ]);
  expect(http).toMatchObject({ parentSpanId: CALLER.split('-')[2], kind: 2 });
  expect(http.attributes).toMatchObject({ 'http.route': '/tasks', 'http.request.method': 'POST' });
  expect(enqueue.parentSpanId).toBe(http.spanId);
  expect(wait.parentSpanId).toBe(enqueue.spanId);
  expect(wait.milliseconds).toBe(2_000);
  expect(taskRun).toMatchObject({ parentSpanId: enqueue.spanId, kind: 5 });
  expect(taskRun.attributes).toEqual({ 'lrt.task': 'connect' });
  expect(commit.parentSpanId).toBe(taskRun.spanId);
});

test('a line of the log leads to its trace', async () => {
  const { collector, shutdown } = await setUp();
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } });
  await traced('task run', {}, () => logger.info('within'));
  logger.info('outside');
  await shutdown();
  const [within, outside] = lines.map((line) => JSON.parse(line));
  expect(within.traceId).toBe(byName(collector, 'task run').traceId);
  expect(outside.traceId).toBeUndefined();
});

test('two traces at the same time are not mixed up', async () => {
  const { collector, shutdown } = await setUp();
  const task = (name: string) =>
    traced(`outer ${name}`, {}, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await traced(`inner ${name}`, {}, () => new Promise((resolve) => setImmediate(resolve)));
    });
  await Promise.all([task('a'), task('b')]);
  await shutdown();
  for (const name of ['a', 'b']) {
    expect(byName(collector, `inner ${name}`).parentSpanId).toBe(byName(collector, `outer ${name}`).spanId);
  }
  expect(byName(collector, 'outer a').traceId).not.toBe(byName(collector, 'outer b').traceId);
});

test('what fails is an error in the trace and stays one for the caller; secrets stay out', async () => {
  const { collector, shutdown } = await setUp();
  const failure = new Error('connect to redis://lrt:hunter2@redis:6379 failed');
  await expect(traced('task run', {}, () => Promise.reject(failure))).rejects.toBe(failure);
  await shutdown();
  const { status } = byName(collector, 'task run');
  expect(status).toMatchObject({ code: 2, message: 'connect to redis://***@redis:6379 failed' });
});

test.each([
  'nonsense',
  '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
  'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  `${CALLER}-more`,
  `cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-${'x'.repeat(5_000)}`,
])('a traceparent that is none begins a new trace: %s', async (traceparent) => {
  const { collector, shutdown } = await setUp();
  const request = new Request('http://localhost/odd/path', { method: 'GET', headers: { traceparent } });
  await tracedRequest(request, 'other', async () => new Response());
  await traced('task run', {}, () => {}, traceparent);
  await shutdown();
  expect(byName(collector, 'GET other').parentSpanId ?? '').toBe('');
  expect(byName(collector, 'task run').parentSpanId ?? '').toBe('');
});

test('without tracing the work is done and there is nothing to store', async () => {
  const result = await traced('task run', {}, () => currentTraceparent() ?? 'nothing', CALLER);
  expect(result).toBe('nothing');
  recordWait('task wait', {}, Number.NaN);
  await expect(traced('task run', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('a collector that is not there: work goes on, a process ends soon, and it is said once', async () => {
  const collector = await startCollector();
  await collector.close();
  const { stdout } = await runWorker(collector.url, CALLER, 0);
  const message = `Traces cannot be sent to ${collector.url}/v1/traces; they are dropped until they can. This is said once`;
  expect(stdout.split('\n').filter((line) => line === message)).toEqual([message]);
  expect(stdout).toContain('ended');
});

test('a collector that never answers does not hold up who ends', async () => {
  const { collector, shutdown } = await setUp();
  collector.refuse(0);
  await traced('task run', {}, () => {});
  await shutdown();
  expect(collector.spans).toEqual([]);
});

test('a collector that refuses is told of once, however many spans are lost', async () => {
  const { collector, warnings, shutdown } = await setUp();
  collector.refuse(400);
  // More than the queue takes: three batches are sent on the way, the rest is dropped.
  for (let i = 0; i < 5_000; i++) {
    await traced('task run', {}, () => {});
    if (i % 512 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await shutdown();
  expect(collector.requests()).toBeGreaterThan(1);
  expect(warnings).toEqual([
    `Traces cannot be sent to ${collector.url}/v1/traces; they are dropped until they can. This is said once`,
  ]);
});

test('where traces go is said by the usual variables', () => {
  expect(tracesEndpoint({})).toBeUndefined();
  expect(tracesEndpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
  expect(tracesEndpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318/' })).toBe(
    'http://otel:4318/v1/traces',
  );
  expect(
    tracesEndpoint({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/here',
    }),
  ).toBe('https://traces.example/here');
  expect(() => tracesEndpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: 'otel:4318' })).toThrow(
    'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL such as "http://127.0.0.1:4318", not "otel:4318"',
  );
});
