import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { Commands } from '../../support/server/lrtServer.ts';
import { createTestDatabase } from '../support/testDatabase.ts';
import { startCollector } from './support/startCollector.ts';

// It starts processes, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 180_000 });
const SOON = { timeout: 90_000, interval: 50 };

/** A task that ends when the file `go` is there. */
const TASK = `
  import { existsSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  import { defineTask } from 'lrt-server';
  const params = { '~standard': { version: 1, vendor: 'none', validate: (value) => ({ value }) } };
  export default defineTask({ name: 'short', params, async execute(_, { progress, signal }) {
    while (!existsSync(new URL('./go', import.meta.url))) await setTimeout(20, undefined, { signal });
    await progress({ message: 'nearly there' });
    return 1;
  } });`;

test('a server and a worker: one trace from POST /tasks to the commit, and figures of both', async () => {
  const [folder, database, collector] = await Promise.all([
    mkdtemp(join(tmpdir(), 'lrt-observe-')),
    createTestDatabase(),
    startCollector(),
  ]);
  const commands = new Commands();
  onTestFinished(async () => {
    await commands.endAll();
    await Promise.all([collector.close(), database.drop(), rm(folder, { recursive: true })]);
  });
  const file = join(folder, 'short.mjs');
  await writeFile(file, TASK);
  const services = ['--redis', inject('redisUrl'), '--database', database.databaseUrl];
  const args = [...services, '--prefix', `observe-${process.pid}`, '--tasks', file, '--metrics-port', '0'];
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const server = commands.start([...args, '--insecure', '--port', '0'], { env });
  const worker = commands.start(['worker', ...args], { env });
  // With their standard error, so that a failure says why.
  await expect.poll(() => worker.printed() + worker.stderr(), SOON).toContain('working on');
  await expect.poll(() => server.printed() + server.stderr(), SOON).toMatch(/^http:.*\n/m);
  const [, url = ''] = /^(http:\/\/\S+)\/tasks/.exec(server.printed()) ?? [];

  const figures = async (stderr: string) => {
    const [, address = ''] = /metrics are at (http:[^"]+)/.exec(stderr) ?? [];
    return (await fetch(address)).text();
  };
  const caller = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const created = await fetch(`${url}/tasks`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', traceparent: caller },
    body: JSON.stringify({ name: 'short', params: {} }),
  });
  expect(created.status).toBe(202);
  const { id } = await created.json();
  const events = await fetch(`${url}/tasks/${id}/events`);
  expect(await figures(server.stderr())).toContain('lrt_streams_open 1');
  await writeFile(join(folder, 'go'), '');
  expect(await events.text()).toContain('event: succeeded');

  await expect.poll(() => figures(worker.stderr()), SOON).toMatch(/lrt_run_seconds_count{.*name="short"/);
  expect(await figures(worker.stderr())).toMatch(/^lrt_queue_wait_seconds_count{.*name="short".*} 1$/m);
  const ofServer = await figures(server.stderr());
  expect(ofServer).toContain('lrt_tasks{state="succeeded",name="short"} 1');
  expect(ofServer).toContain('lrt_tasks_enqueued_total{queue="default",name="short"} 1');
  expect(ofServer).toContain('lrt_http_requests_total{method="POST",route="/tasks",status="202"} 1');
  expect(ofServer).toMatch(/^lrt_event_lag_seconds_count [1-9]/m);
  expect(ofServer).toContain('lrt_streams_open 0');

  for (const { child } of [server, worker]) child.kill('SIGTERM');
  expect(await Promise.all([server.ended, worker.ended])).toEqual([0, 0]);
  const trace = collector.spans.filter((span) => span.traceId === caller.split('-')[1]);
  const spanOf = (name: string) => trace.find((span) => span.name === name);
  const line = ['POST /tasks', 'enqueue', 'run short', 'commit'].map(spanOf);
  expect(line.map((span) => span?.service)).toEqual(['lrt-server', 'lrt-server', 'lrt-worker', 'lrt-worker']);
  expect(line.map((span) => span?.parentSpanId)).toEqual([
    caller.split('-')[2],
    ...line.slice(0, 3).map((span) => span?.spanId),
  ]);
  expect(spanOf('queue wait')).toMatchObject({ service: 'lrt-worker', parentSpanId: line[1]?.spanId });
  expect(server.stderr() + worker.stderr()).not.toContain('"level":"error"');
});
