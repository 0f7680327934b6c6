import { expect, onTestFinished, test, vi } from 'vitest';
import {
  createMetrics,
  type MetricsOptions,
  type TaskCount,
} from '../../../server/src/observe/createMetrics.ts';
import { startMetricsServer } from '../../../server/src/observe/startMetricsServer.ts';

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Prometheus' text format, as its parser reads it; throws on a line that is none. */
function parse(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] =
        /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === '' || !/^(nan|[+-]?inf|[-+.\de]+)$/i.test(value)) throw new Error(`Not a sample: ${line}`);
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)",?/g)].map(([, key = '', text = '']) => [
        key,
        text,
      ]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

async function setUp(options: MetricsOptions = {}) {
  const metrics = createMetrics(options);
  const scrape = async () => parse((await metrics.render()).body);
  return {
    ...metrics,
    scrape,
    samples: async (name: string) => (await scrape()).filter((sample) => sample.name === name),
    /** The one sample of that name and with these labels. */
    async value(name: string, labels: Record<string, string> = {}) {
      const found = (await scrape()).filter(
        (sample) =>
          sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
      );
      if (found.length !== 1) throw new Error(`${found.length} samples of ${name} ${JSON.stringify(labels)}`);
      return found[0]?.value;
    },
  };
}

const task = { name: 'create_customer_connections', queue: 'default' };
const run = { ...task, taskId: 't-1', attempt: 1 };

test('what happens to tasks', async () => {
  const { observer, value } = await setUp();
  observer.enqueued(task);
  observer.enqueued(task);
  observer.started({ ...run, waitSeconds: 0.2 });
  observer.restarted({ ...run, reason: 'worker-lost' });
  observer.started({ ...run, waitSeconds: 20 });
  observer.ended({ ...run, status: 'succeeded', runSeconds: 3 });
  observer.eventDelivered(0.004);
  observer.eventDelivered(-12);

  expect(await value('lrt_tasks_enqueued_total', task)).toBe(2);
  expect(await value('lrt_queue_wait_seconds_count', task)).toBe(2);
  expect(await value('lrt_queue_wait_seconds_sum', task)).toBe(20.2);
  expect(await value('lrt_queue_wait_seconds_bucket', { ...task, le: '0.5' })).toBe(1);
  const ended = { name: task.name, status: 'succeeded' };
  expect(await value('lrt_run_seconds_sum', ended)).toBe(3);
  expect(await value('lrt_run_seconds_bucket', { ...ended, le: '2.5' })).toBe(0);
  expect(await value('lrt_run_seconds_bucket', { ...ended, le: '5' })).toBe(1);
  expect(await value('lrt_tasks_restarted_total', { reason: 'worker-lost' })).toBe(1);
  expect(await value('lrt_tasks_restarted_total', { reason: 'retry' })).toBe(0);
  // A clock that is behind does not make the sum shrink.
  expect(await value('lrt_event_lag_seconds_sum')).toBe(0.004);
});

test('problems are counted and reported', async () => {
  const reported: unknown[] = [];
  const { observer, value } = await setUp({ onProblem: (message, error) => reported.push([message, error]) });
  const error = new Error('ECONNREFUSED');
  observer.problem('Redis is away', error);
  expect(await value('lrt_problems_total')).toBe(1);
  expect(reported).toEqual([['Redis is away', error]]);
});

test('a problem that lasts is counted each time and reported now and then', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const reported: string[] = [];
  const { observer, value } = await setUp({ onProblem: (message) => reported.push(message) });
  for (let i = 0; i < 25; i++) observer.problem('Redis', new Error('ECONNREFUSED'));
  observer.problem('Redis', new Error('READONLY'));
  vi.advanceTimersByTime(30_000);
  observer.problem('Redis', new Error('ECONNREFUSED'));
  expect(reported).toEqual(['Redis', 'Redis', 'Redis (and 24 times since it was last reported)']);
  expect(await value('lrt_problems_total')).toBe(27);
});

test('the kept tasks are counted anew for each scrape; what is gone is not shown any more', async () => {
  let counts: TaskCount[] = [
    { status: 'running', name: 'connect', count: 2 },
    { status: 'succeeded', name: 'connect', count: 40 },
  ];
  const { samples } = await setUp({ countTasks: async () => counts });
  expect(await samples('lrt_tasks')).toEqual([
    { name: 'lrt_tasks', labels: { state: 'running', name: 'connect' }, value: 2 },
    { name: 'lrt_tasks', labels: { state: 'succeeded', name: 'connect' }, value: 40 },
  ]);
  counts = [{ status: 'succeeded', name: 'connect', count: 42 }];
  expect(await samples('lrt_tasks')).toEqual([
    { name: 'lrt_tasks', labels: { state: 'succeeded', name: 'connect' }, value: 42 },
  ]);
});

test('while the database is away all else is still reported', async () => {
  const reported: string[] = [];
  const { observer, samples, value } = await setUp({
    countTasks: () => Promise.reject(new Error('ECONNREFUSED')),
    onProblem: (message) => reported.push(message),
  });
  observer.enqueued(task);
  expect(await samples('lrt_tasks')).toEqual([]);
  expect(await value('lrt_tasks_enqueued_total', task)).toBe(1);
  expect(reported[0]).toBe('The tasks could not be counted for /metrics');
});

test('scrapes at the same time ask the database once', async () => {
  let asked = 0;
  const { render } = await setUp({
    countTasks: async () => {
      asked += 1;
      return [];
    },
  });
  await Promise.all(Array.from({ length: 20 }, render));
  expect(asked).toBe(1);
  await render();
  expect(asked).toBe(2);
});

test('requests by route, and the streams that are open', async () => {
  const { http, value, samples } = await setUp();
  http.requestEnded({ method: 'GET', route: '/tasks/:id', status: 200, seconds: 0.02 });
  http.requestEnded({ method: 'GET', route: '/tasks/:id', status: 404, seconds: 0.01 });
  const route = { method: 'GET', route: '/tasks/:id' };
  expect(await value('lrt_http_requests_total', { ...route, status: '404' })).toBe(1);
  expect(await value('lrt_http_request_duration_seconds_count', route)).toBe(2);
  expect(await samples('lrt_streams_open')).toMatchObject([{ value: 0 }]);
  let streams = 3;
  http.countStreams(() => streams);
  expect(await value('lrt_streams_open')).toBe(3);
  streams = 1;
  expect(await value('lrt_streams_open')).toBe(1);
});

test('10,000 odd names, paths and methods are a few hundred series, and nothing is lost', async () => {
  const { observer, http, scrape } = await setUp({
    countTasks: async () =>
      Array.from({ length: 10_000 }, (_, i) => ({ status: 'running', name: `odd ${i}`, count: 1 })),
  });
  for (let i = 0; i < 10_000; i++) {
    const odd = { name: `odd "${i}"\n\\`, queue: `queue ${i}` };
    observer.enqueued(odd);
    observer.restarted({ ...odd, taskId: `t-${i}`, attempt: 1, reason: 'retry' });
    http.requestEnded({ method: `M${i}`, route: `/odd/${i}`, status: 404, seconds: 0 });
  }
  const samples = await scrape();
  const of = (name: string) => samples.filter((sample) => sample.name === name);
  const total = (name: string) => of(name).reduce((sum, { value }) => sum + value, 0);
  for (const name of ['lrt_tasks', 'lrt_tasks_enqueued_total', 'lrt_http_requests_total']) {
    expect(total(name)).toBe(10_000);
    expect(of(name).length).toBeLessThanOrEqual(201);
  }
  expect(of('lrt_tasks_restarted_total').length).toBe(2);
  // Buckets included.
  expect(samples.length).toBeLessThan(5_000);
});

test('the process is measured, and two of these do not get in each other’s way', async () => {
  const [one, other] = [await setUp(), await setUp()];
  one.observer.enqueued(task);
  expect(await one.value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect(await other.samples('lrt_tasks_enqueued_total')).toEqual([]);
});

test('a worker answers /metrics, /healthz and /readyz on a port of its own', async () => {
  const metrics = createMetrics({});
  let missing: string[] = [];
  const { url, close } = await startMetricsServer({
    port: 0,
    host: '127.0.0.1',
    metrics,
    ready: () => missing,
  });
  onTestFinished(close);
  metrics.observer.ended({ ...run, status: 'failed', runSeconds: 1 });

  const response = await fetch(`${url}/metrics?from=prometheus`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(parse(await response.text())).toContainEqual({
    name: 'lrt_run_seconds_count',
    labels: { name: task.name, status: 'failed' },
    value: 1,
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  missing = ['redis'];
  const notReady = await fetch(`${url}/readyz`);
  expect([notReady.status, await notReady.text()]).toEqual([503, 'not ready: redis\n']);
  expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${url}/metrics`, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${url}/tasks`)).status).toBe(404);
});

test('what goes wrong there is reported inside and not outside', async () => {
  const reported: string[] = [];
  const metrics = createMetrics({ onProblem: (message) => reported.push(message) });
  const ready = () => Promise.reject(new Error('password=hunter2'));
  const { url, close } = await startMetricsServer({ port: 0, host: '127.0.0.1', metrics, ready });
  onTestFinished(close);
  const response = await fetch(`${url}/readyz`);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('hunter2');
  expect(reported).toEqual(['/readyz on the metrics port failed']);
});

test('a port that is taken is named', async () => {
  const options = { host: '127.0.0.1', metrics: createMetrics({}), ready: () => [] };
  const { url, close } = await startMetricsServer({ ...options, port: 0 });
  onTestFinished(close);
  const port = Number(new URL(url).port);
  await expect(startMetricsServer({ ...options, port })).rejects.toThrow(
    `Metrics cannot be served on 127.0.0.1:${port}: listen EADDRINUSE`,
  );
});
