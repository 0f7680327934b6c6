import { setupServer } from 'msw/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import {
  createMockBackend,
  defineTask,
  failAt,
  generateTown,
  type MockBackendOptions,
  TaskRefusal,
} from '../../../mocks/index.ts';
import { createTaskClient } from '../../../src/client/index.ts';
import { CUSTOMER_CONNECTION_TASK } from '../../../src/modal/customerConnection.ts';
import { TestSocket } from '../../support/http/openSocket.ts';
import { countTask } from '../../support/tasks/countTask.ts';
import { followTask } from '../../support/tasks/followTask.ts';

const town = generateTown({ addresses: 120 });

async function open(options: MockBackendOptions = {}) {
  const backend = await createMockBackend({ town, ...options });
  onTestFinished(() => backend.close());
  return {
    backend,
    client: createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch, token: 'secret' }),
  };
}

test('a plugin author tests against it in a few lines', async () => {
  const mock = await createMockBackend({ town });
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: mock.fetch });
  const { features } = await mock.store.features({
    design: 'design/FTTH-East',
    tables: ['pole'],
    limit: 1000,
  });
  const pole = features.find(({ properties }) => properties.name === 'E-1001');
  const { id } = await client.enqueueTask(CUSTOMER_CONNECTION_TASK, {
    design: 'design/FTTH-East',
    pole_id: Number(pole?.id.split('/')[1]),
    count: 100,
    seed: 1,
  });
  const seen = followTask(client, id);
  await seen.ended;
  expect(seen.endings).toEqual(['success', 'end']);
  expect(seen.result).toMatchObject({ connections: 100, poles: 1, cables: 100 });
  await mock.close();
});

test('by default there is a town of 4,000 addresses to build in', async () => {
  const { backend } = await open({ town: generateTown() });
  const { features } = await backend.store.features({ tables: ['address'], limit: 10_000 });
  expect(features).toHaveLength(4000);
});

test('a task of the author runs beside the ones that ship, and its refusal names the parameter', async () => {
  const greet = defineTask({
    name: 'greet',
    params: z.strictObject({ name: z.string() }),
    async check({ name }) {
      if (name !== '') return;
      throw new TaskRefusal({
        code: 'invalid-params',
        message: 'Nobody to greet: give a name',
        parameters: [{ parameter: 'name', code: 'missing', message: 'is empty: give a name' }],
      });
    },
    execute: async ({ name }) => `Hello ${name}`,
  });
  const { client } = await open({ tasks: [greet] });
  const { id } = await client.enqueueTask('greet', { name: 'Ada' });
  const seen = followTask(client, id);
  await seen.ended;
  expect(seen.result).toBe('Hello Ada');
  await expect(client.enqueueTask('greet', { name: '' })).rejects.toMatchObject({
    code: 'invalid-params',
    parameters: [{ parameter: 'name' }],
  });
});

test('a task of the author takes the place of a shipped one of the same name', async () => {
  const own = defineTask({
    name: CUSTOMER_CONNECTION_TASK,
    params: z.strictObject({}),
    execute: async () => 'the own one',
  });
  const { client } = await open({ tasks: [own] });
  const { id } = await client.enqueueTask(CUSTOMER_CONNECTION_TASK, {});
  const seen = followTask(client, id);
  await seen.ended;
  expect(seen.result).toBe('the own one');
  await expect(createMockBackend({ town, tasks: [own, own] })).rejects.toThrow(
    /Two task definitions are named "customer_connection_task"/,
  );
});

test('a token lets in who has it', async () => {
  const { backend, client } = await open({ token: 'secret' });
  expect((await client.listTasks()).tasks).toEqual([]);
  const stranger = createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch, token: 'guess' });
  await expect(stranger.listTasks()).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
});

test('replaceTown puts another town in the place of the first, and cancels what was being built in it', async () => {
  const { backend, client } = await open({ tasks: [countTask], runSeconds: 60 });
  const { id } = await client.enqueueTask('count', { steps: 1000 });
  const seen = followTask(client, id);
  await vi.waitFor(() => expect(seen.progress.length).toBeGreaterThan(0));
  await backend.replaceTown(generateTown({ addresses: 7, seed: 5 }));
  await seen.ended;
  expect(seen.endings).toEqual(['cancelled', 'end']);
  const { features } = await backend.store.features({ tables: ['address'], limit: 1000 });
  expect(features).toHaveLength(7);
});

test('a scenario can be switched on while a task runs', async () => {
  const { backend, client } = await open({ tasks: [countTask], runSeconds: 60 });
  const { id } = await client.enqueueTask('count', { steps: 1000 });
  const seen = followTask(client, id);
  await vi.waitFor(() => expect(seen.progress.at(-1)?.done).toBeGreaterThan(0));
  backend.use(failAt({ done: 1 }));
  await seen.ended;
  expect(seen.error?.code).toBe('simulated-failure');
});

test('closing ends what is running and every stream; it can be closed twice', async () => {
  const { backend, client } = await open({ tasks: [countTask], runSeconds: 60 });
  const { id } = await client.enqueueTask('count', { steps: 1000 });
  const response = await backend.fetch(`http://mock/tasks/${id}/events`);
  await backend.close();
  await backend.close();
  expect(await response.text()).not.toContain('event: succeeded');
  await expect(client.enqueueTask('count', { steps: 1 })).rejects.toMatchObject({ status: 503 });
});

test('it can be mounted at several addresses, also at the root of a host', async () => {
  const { backend } = await open();
  const server = setupServer(
    ...backend.handlers('http://a.test/tasks/v1'),
    ...backend.handlers('http://b.test'),
  );
  server.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => server.close());
  expect((await fetch('http://a.test/tasks/v1/tasks')).status).toBe(200);
  expect((await fetch('http://b.test/tasks')).status).toBe(200);
  expect((await fetch('http://b.test/elsewhere')).status).toBe(404);
});

test.each([
  [{ runSeconds: -1 }, /runSeconds.*0 to 86,400/],
  [{ persist: 'tasks' }, /no IndexedDB.*leave "persist" out/],
])('it refuses %o and says why', async (options, message) => {
  await expect(createMockBackend({ town, ...options })).rejects.toThrow(message);
});

test('it refuses a base URL with a slash at the end', async () => {
  const { backend } = await open();
  expect(() => backend.handlers('/api/')).toThrow(/leave out the slash/);
});

test('a client of the Reflex protocol follows its tasks over a WebSocket of MSW', async () => {
  const { backend, client } = await open({ tasks: [countTask], token: 'secret' });
  const server = setupServer(...backend.socketHandlers('http://tasks.test/api'));
  server.listen();
  onTestFinished(() => server.close());
  const known = new TestSocket('http://tasks.test/api/reflex/ws/tasks/local', 'secret');
  const { id } = await client.enqueueTask(countTask.name, { steps: 3 });
  await known.shows({ type: 'state_update', all_tasks: { [id]: { status: 'FINISHED', progress: 100 } } });
  const stranger = new TestSocket('http://tasks.test/api/reflex/ws/tasks/local');
  expect(await stranger.closed).toMatchObject({ code: 4401 });
  await backend.close();
  expect(await known.closed).toMatchObject({ code: 1001 });
});
