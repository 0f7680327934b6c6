// Tests `lrt-server serve --service`: the operations of services become tasks, as an operator and a caller meet them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startServer } from '../../../../server/src/http/nodeServer.ts';
import { createService } from '../../../../server/src/service/createService.ts';
import { longRunning, quick } from '../../../../server/src/service/methods.ts';
import { createTaskClient, type GeoFeature } from '../../../../src/client/index.ts';
import { startPython } from '../../../support/python/startPython.ts';
import { Commands } from '../../../support/server/lrtServer.ts';
import { blueprintOf } from '../../../support/tasks/seedBlueprint.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const commands = new Commands();
const closings: (() => unknown)[] = [];
const stopped: string[] = [];
let folder: string;
let system: ReturnType<typeof createTaskClient>;
let pythonUrl: string;
let areaUrl: string;
let baseUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrt-services-'));
  const service = createService({
    methods: {
      Area: longRunning(async ({ parameters }, { updateProgress }) => {
        updateProgress(50);
        const geometry = { type: 'Point', coordinates: [0.1, 52] };
        const feature = { type: 'Feature', id: 7, geometry, properties: { name: parameters.name } };
        return { type: 'FeatureCollection', features: [feature, { type: 'Feature', geometry: null }] };
      }),
      Forever: longRunning(
        ({ taskId }, { signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              stopped.push(taskId);
              reject(signal.reason);
            });
          }),
      ),
      Fail: quick(() => {
        throw new Error('no such area');
      }),
    },
  });
  const node = await startServer({ fetch: service.fetch, port: 0 });
  const python = await startPython('controlService.py', 'fastapi', 'uvicorn');
  closings.push(node.close, service.close, python.close);
  areaUrl = node.url;
  pythonUrl = `http://127.0.0.1:${python.printed.port}`;
  const services = ['--service', `area=${node.url}`, '--service', `python=${pythonUrl}#Count+Double`];
  const args = ['serve', '--insecure', '--port', '0', ...services];
  const server = commands.start(args, { cwd: folder });
  await server.says(/^http:\S+\/tasks\s/m);
  [, baseUrl = ''] = /^(http:\/\/\S+)\/tasks\s/m.exec(server.printed()) ?? [];
  system = createTaskClient({ baseUrl });
});
afterAll(async () => {
  await commands.endAll();
  for (const close of closings) await close();
  await rm(folder, { recursive: true });
});

test('a method in Python is a task, with its progress and its output', async () => {
  const { id } = await system.enqueueTask('python:Count', { to: 150 });
  const percents = new Set<number | null>();
  const result = await new Promise((resolve, reject) => {
    system.streamTaskProgress(id, {
      onProgress: ({ percent }) => void percents.add(percent),
      onSuccess: resolve,
      onFailure: reject,
    });
  });
  expect(result).toEqual({ protocol: 's3', uri: `s3://bucket/${id}.json`, format: 'json' });
  expect([...percents].some((percent) => percent !== null && percent > 0 && percent < 100)).toBe(true);
});

test('a method in Python that fails says why', async () => {
  const { id } = await system.enqueueTask('python:Count', { to: 9, fail_at: 3 });
  await expect(system.waitFor(id)).rejects.toMatchObject({ message: 'cannot count beyond 3' });
});

test('GeoJSON that a service puts out is drawn on the map', async () => {
  const { id } = await system.enqueueTask('area:Area', { name: 'North' });
  const drawn: GeoFeature[] = [];
  await new Promise<void>((resolve) => {
    system.streamTaskProgress(id, { onFeatures: (features) => void drawn.push(...features), onEnd: resolve });
  });
  expect(drawn).toMatchObject([{ id: 'Area/7', properties: { table: 'Area', name: 'North' } }]);
});

test('Cancel reaches the service', async () => {
  const { id } = await system.enqueueTask('area:Forever', {});
  await expect.poll(async () => (await system.getTask(id)).status).toBe('running');
  await system.cancelTask(id);
  await expect.poll(async () => (await system.getTask(id)).status).toBe('cancelled');
  await expect.poll(() => stopped).toEqual([id]);
});

test('what a service refuses is refused with its words', async () => {
  const { id } = await system.enqueueTask('area:Fail', {});
  await expect(system.waitFor(id)).rejects.toMatchObject({ message: 'no such area' });
});

test('a service of a blueprint is asked at its address', async () => {
  const params = { service: 'counter', url: pythonUrl, operation: 'Count', parameters: { to: 3 } };
  const { id } = await system.enqueueTask('service_operation', params);
  expect(await system.waitFor(id)).toMatchObject({ protocol: 's3', uri: `s3://bucket/${id}.json` });
});

test('a blueprint runs operations in Python and in TypeScript, and hands outputs on', async () => {
  const body = {
    blueprint: blueprintOf({ py: { Count: ['ts:Area'] }, ts: { Area: [] } }),
    dockerinfo: {
      docker_info_list: [
        { container_name: 'py', ip_address: '127.0.0.1', port: new URL(pythonUrl).port },
        { container_name: 'ts', ip_address: 'localhost', port: new URL(areaUrl).port },
      ],
    },
  };
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const { workflow_id: id } = await (await fetch(`${baseUrl}/workflows`, init)).json();
  await system.waitFor(id);
  const { tasks } = await (await fetch(`${baseUrl}/workflows/${id}/tasks`)).json();
  const count = { protocol: 's3', uri: `s3://bucket/${tasks[0].lrt_task_id}.json`, format: 'json' };
  expect(tasks).toMatchObject([
    { node_key: 'py:Count', status: 'completed', output_refs: [count] },
    { node_key: 'ts:Area', status: 'completed', input_refs: [count] },
  ]);
});

test('a service that was started again, and has forgotten the work, is asked for it again', async () => {
  const params = { service: 'counter', url: pythonUrl, operation: 'Count', parameters: { to: 200 } };
  const { id } = await system.enqueueTask('service_operation', params);
  await expect.poll(async () => (await system.getTask(id)).progress.percent).toBeGreaterThan(0);
  await fetch(`${pythonUrl}/forget`, { method: 'POST' });
  expect(await system.waitFor(id)).toMatchObject({ uri: `s3://bucket/${id}.json` });
  const log = await system.listLog(id);
  expect(log.lines.map(({ message }) => message)).toContain(
    'The service no longer knows the task; it is asked to begin it again',
  );
});

test('a service that is started later than its task is waited for', async () => {
  const late = createService({ methods: { Say: quick(() => ({ said: 'hello' })) } });
  closings.push(late.close);
  const first = await startServer({ fetch: late.fetch, port: 0 });
  await first.close();
  const params = { service: 'late', url: first.url, operation: 'Say' };
  const { id } = await system.enqueueTask('service_operation', params);
  await expect.poll(async () => (await system.listLog(id)).lines.length).toBeGreaterThan(0);
  const second = await startServer({ fetch: late.fetch, port: Number(new URL(first.url).port) });
  closings.push(second.close);
  expect(await system.waitFor(id)).toEqual({ said: 'hello' });
});

test('an operation that a service does not have is refused with the words of the service', async () => {
  const params = { service: 'counter', url: pythonUrl, operation: 'Cuont' };
  const { id } = await system.enqueueTask('service_operation', params);
  await expect(system.waitFor(id)).rejects.toMatchObject({
    message: expect.stringContaining('Unknown method: Cuont'),
  });
});

test.each([
  [
    'http://169.254.169.254',
    'host-not-allowed',
    /169\.254\.169\.254 is an address of a private network.*--allow-host/,
  ],
  ['http://2130706433.@10.0.0.1', 'invalid-params', /credentials/],
  ['http://0xA000001:80', 'host-not-allowed', /10\.0\.0\.1.*--allow-host/],
  ['file:///etc/passwd', 'invalid-params', /http:\/\/HOST:PORT/],
])('a service at %s is refused before anything is queued', async (url, code, reason) => {
  const params = { service: 'elsewhere', url, operation: 'Count' };
  await expect(system.enqueueTask('service_operation', params)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(reason),
  });
});

test.each([
  [['--service', 'x'], /--service.*NAME=URL/],
  [
    ['--service', 'a=http://127.0.0.1:1', '--service', 'a=http://127.0.0.1:2'],
    /two services have the name "a"/,
  ],
  [['--service', 'a=http://127.0.0.1:1'], /name its operations: --service a=/],
  [
    ['--service', 'a=http://10.1.1.1:1'],
    /10\.1\.1\.1 is an address of a private network.*list of allowed hosts/,
  ],
  [['--service', 'a=http://127.0.0.1:1#A', '--allow-host', '10.0.0.0/99'], /--allow-host.*10\.0\.0\.0\/99/],
])('%s is refused at the start, with the fix', async (args, reason) => {
  const { code, stderr } = await commands.run(['serve', '--insecure', '--port', '0', ...args], {
    cwd: folder,
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(reason);
});
