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

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const commands = new Commands();
const closings: (() => unknown)[] = [];
const stopped: string[] = [];
let folder: string;
let system: ReturnType<typeof createTaskClient>;

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
  const pythonUrl = `http://127.0.0.1:${python.printed.port}`;
  const services = ['--service', `area=${node.url}`, '--service', `python=${pythonUrl}#Count+Double`];
  const args = ['serve', '--insecure', '--port', '0', ...services];
  const server = commands.start(args, { cwd: folder });
  await server.says(/^http:\S+\/tasks\s/m);
  const [, baseUrl = ''] = /^(http:\/\/\S+)\/tasks\s/m.exec(server.printed()) ?? [];
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
