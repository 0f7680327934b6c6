import { createStore, entries, keys, set } from 'idb-keyval';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { TaskRecord } from '../../../backend/embedded/TaskJournal.ts';
import { createMockBackend, generateTown, type MockBackendOptions } from '../../../mocks/index.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';
import { CALLER, enqueue, wallBoxes } from './enqueue.ts';

const town = generateTown({ addresses: 300 });
let database = '';

beforeEach(() => {
  database = `lrt-test-${crypto.randomUUID()}`;
});

async function open(options: MockBackendOptions = {}) {
  const backend = await createMockBackend({ town, persist: database, ...options });
  onTestFinished(() => backend.close());
  return backend;
}

async function ended(backend: Awaited<ReturnType<typeof open>>, id: string) {
  await expect
    .poll(async () => (await backend.engine.get(id, CALLER))?.status, { timeout: 10_000 })
    .not.toMatch(/queued|running/);
  return backend.engine.get(id, CALLER);
}

test('a task that was running when the backend closed is found again, ends, and is committed once', async () => {
  const first = await open({ runSeconds: 600 });
  const { id } = await enqueue(first, 100);
  await expect.poll(async () => (await first.engine.get(id, CALLER))?.status).toBe('running');
  await first.close();

  const second = await open();
  expect(await ended(second, id)).toMatchObject({
    status: 'succeeded',
    attempt: 2,
    result: { connections: 100 },
  });
  expect(await wallBoxes(second)).toBe(100);
  await second.close();

  const third = await open();
  expect(await third.engine.get(id, CALLER)).toMatchObject({ status: 'succeeded', attempt: 2 });
  expect(await wallBoxes(third)).toBe(100);
});

test('edits over HTTP, and designs that are made, posted and dropped, are there after a reload', async () => {
  const first = await open();
  const call = (path: string, method: string, body?: object) =>
    first.fetch(`http://mock${path}`, {
      method,
      headers: { 'Content-Type': 'application/geo+json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const [one, two] = await first.store.designs();
  if (!one || !two) throw new Error('the town has designs');
  const changed = { properties: { name: 'changed' } };
  // At the same time: each writes the whole network, and none may leave out what another one wrote.
  const answers = await Promise.all([
    call('/features/pole/1', 'PATCH', changed),
    call(`/features/pole/2?design=${encodeURIComponent(`design/${one.name}`)}`, 'PATCH', changed),
    call('/designs', 'POST', { type: 'Feature', geometry: one.geometry, properties: { name: 'New' } }),
    call(`/designs/${encodeURIComponent(two.name)}`, 'DELETE'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 204]);
  expect((await call(`/designs/${encodeURIComponent(one.name)}/post`, 'POST')).status).toBe(200);
  const designs = await first.store.designs();
  const features = await first.store.features({ limit: 50_000 });
  await first.close();

  const second = await open();
  expect(await second.store.designs()).toEqual(designs);
  expect(designs.map(({ name }) => name)).toContain('New');
  expect(await second.store.features({ limit: 50_000 })).toEqual(features);
  const poles = features.features.filter(({ id }) => id === 'pole/1' || id === 'pole/2');
  expect(poles.map(({ properties }) => properties.name)).toEqual(['changed', 'changed']);
});

test('a task that was running when its page vanished goes on in the next one, counted from its first start', async () => {
  const frame = document.createElement('iframe');
  onTestFinished(() => frame.remove());
  const page = new URL('./vanishingPage.ts', import.meta.url).href;
  frame.srcdoc = `<script type="module">
    import { run } from ${JSON.stringify(page)};
    run(${JSON.stringify(database)});
  </script>`;
  document.body.append(frame);
  const { id, startedAt } = await vi.waitFor(writtenDownAsRunning, { timeout: 10_000 });
  frame.remove();

  const backend = await open({ runSeconds: 1 });
  expect(await ended(backend, id)).toMatchObject({
    status: 'succeeded',
    attempt: 2,
    startedAt,
    result: { connections: 100 },
  });
  expect(await wallBoxes(backend)).toBe(100);
});

/** The task in the database, once it is running there. */
async function writtenDownAsRunning(): Promise<TaskSnapshot> {
  const records = await entries<string, TaskRecord>(createStore(database, 'keyval'));
  const found = records.find(([key, record]) => key.includes('/task/') && record.task.status === 'running');
  if (!found) throw new Error('no running task is written down yet');
  return found[1].task;
}

test('two tasks that end together are both kept, with their networks', async () => {
  const first = await open();
  const tasks = [await enqueue(first, 20), await enqueue(first, 30)];
  for (const { id } of tasks) expect(await ended(first, id)).toMatchObject({ status: 'succeeded' });
  await first.close();

  const second = await open();
  for (const { id } of tasks) {
    expect(await second.engine.get(id, CALLER)).toMatchObject({ status: 'succeeded', attempt: 1 });
  }
  expect(await wallBoxes(second)).toBe(50);
});

test('a town that replaced the first one is there after a reload, and the tasks of the first one were cancelled', async () => {
  const first = await open({ runSeconds: 600 });
  const { id } = await enqueue(first, 100);
  await first.replaceTown(generateTown({ addresses: 50, seed: 9 }));
  expect(await ended(first, id)).toMatchObject({ status: 'cancelled' });
  await first.close();

  const second = await open();
  const { features } = await second.store.features({ tables: ['address'], limit: 1000 });
  expect(features).toHaveLength(50);
});

test('what a tab of more than a day ago left is cleared away, a recent one is left alone', async () => {
  await (await open()).close();
  const store = createStore(database, 'keyval');
  await set('old/seen', Date.now() - 25 * 3_600_000, store);
  await set('old/task/1', {}, store);
  await set('recent/seen', Date.now() - 3_600_000, store);
  await set('recent/network', {}, store);
  await open();
  const left = await keys(store);
  expect(left.filter((key) => String(key).startsWith('old/'))).toEqual([]);
  expect(left).toEqual(expect.arrayContaining(['recent/seen', 'recent/network']));
});

test('a database that cannot be opened is an error that names it and the way out', async () => {
  const failing = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('The user denied permission', 'SecurityError');
  });
  onTestFinished(() => failing.mockRestore());
  await expect(open()).rejects.toThrow(new RegExp(`${database}.*SecurityError.*leave .*persist`));
});

test('a task whose network cannot be written down has failed, and nothing of it is there', async () => {
  const backend = await open({ runSeconds: 1 });
  const { id } = await enqueue(backend, 10);
  const put = IDBObjectStore.prototype.put;
  const failing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value,
    key,
  ) {
    if (String(key).endsWith('/network')) throw new DOMException('No space left', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  onTestFinished(() => failing.mockRestore());
  expect(await ended(backend, id)).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('QuotaExceededError') },
  });
  expect(await wallBoxes(backend)).toBe(0);
  failing.mockRestore();
  await backend.close();
  expect(await wallBoxes(await open())).toBe(0);
});

test('a task that cannot be written down is refused, and not queued', async () => {
  const backend = await open();
  const failing = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('No space left', 'QuotaExceededError');
  });
  onTestFinished(() => failing.mockRestore());
  await expect(enqueue(backend, 10)).rejects.toThrow(/not queued.*QuotaExceededError/);
  expect((await backend.engine.list({}, CALLER)).tasks).toEqual([]);
  failing.mockRestore();
});
