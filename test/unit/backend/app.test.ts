import { afterEach, describe, expect, test, vi } from 'vitest';
import { type BackendOptions, createBackend } from '../../../backend/app.ts';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { EmbeddedEngine } from '../../../backend/embedded/EmbeddedEngine.ts';
import { definitions, smallStore } from '../../support/tasks/definitions.ts';

const engines: EmbeddedEngine[] = [];
afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

function create(options: Partial<BackendOptions> = {}) {
  const store = smallStore();
  const engine = new EmbeddedEngine({ definitions, store });
  engines.push(engine);
  const backend = createBackend({ engine, store, ...options });
  return {
    engine,
    store,
    call: (path: string, init?: RequestInit) => backend.fetch(new Request(`http://x.test${path}`, init)),
  };
}

describe('the backend', () => {
  test('is mounted where it is told to be', async () => {
    const { call } = create({ basePath: '/api/v1' });
    expect((await call('/tasks')).status).toBe(404);
    const response = await call('/api/v1/tasks', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: '{"name":"count","params":{"to":1}}',
    });
    expect(response.headers.get('location')).toMatch(/^\/api\/v1\/tasks\/[0-9a-f]{32}$/);
    expect(() => create({ basePath: 'api/' })).toThrow('"basePath"');
  });

  test('lets an administrator say that a design was deleted', async () => {
    const admin = { owner: 'root', admin: true };
    const { call, engine } = create({ authenticate: () => admin });
    const noteDesign = vi.spyOn(engine, 'noteDesign');
    const change = { design: 'design/Test', change: 'deleted' };
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify(change);
    expect((await call('/tasks/design-changes', { method: 'POST', headers, body })).status).toBe(204);
    expect(noteDesign).toHaveBeenCalledExactlyOnceWith(change, admin);
  });

  test('says nothing of an accident but that it was one; the host is told', async () => {
    const onError = vi.fn();
    const secret = new Error('password=hunter2');
    const { call } = create({
      onError,
      authenticate() {
        throw secret;
      },
    });
    const response = await call('/tasks');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/hunter2|\.ts/);
    expect(onError).toHaveBeenCalledExactlyOnceWith(secret, expect.any(Request));
  });

  test('counts a chunked body while it reads, and stops reading at 1 MB', async () => {
    const { call } = create();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(100_000).fill(32));
      },
    });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, duplex: 'half' };
    const response = await call('/tasks', init);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(20);
  });

  test('says what a body that breaks off was, and that it is no accident of ours', async () => {
    const onError = vi.fn();
    const { call } = create({ onError });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(10));
        controller.error(new Error('connection reset'));
      },
    });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, duplex: 'half' };
    expect((await call('/tasks', init)).status).toBe(400);
    expect(onError).not.toHaveBeenCalled();
  });

  test('has no trouble with the oddest of methods', async () => {
    const { call } = create();
    expect((await call('/tasks', { method: '__proto__' })).status).toBe(405);
    expect((await call('/tasks', { method: 'm-search' })).headers.get('allow')).toBe('GET, POST');
    expect((await call('/nowhere', { method: 'constructor' })).status).toBe(404);
  });

  test('takes the word of its host for who asks, and tells it of streams', async () => {
    const store = smallStore();
    const engine = new EmbeddedEngine({ definitions, store });
    engines.push(engine);
    const authenticate = vi.fn();
    const backend = createBackend({ engine, store, authenticate });
    const { task } = await engine.enqueue({ name: 'wait', params: { gate: 'none' } }, { owner: 'ann' });
    const ask = (owner: string, context: object = {}) =>
      backend.fetch(new Request(`http://x.test/tasks/${task.id}/events`), { caller: { owner }, ...context });
    expect((await ask('bob')).status).toBe(404);
    const refusal = new TaskRefusal({
      code: 'rate-limited',
      message: 'Too many',
      details: { retryAfterSeconds: 7 },
    });
    const refused = await ask('ann', {
      onStream() {
        throw refusal;
      },
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    let end = () => {};
    const closed = vi.fn();
    const response = await ask('ann', {
      onStream(given: () => void) {
        end = given;
        return closed;
      },
    });
    const text = response.text();
    expect(closed).not.toHaveBeenCalled();
    end();
    expect(await text).toContain(':');
    end();
    expect(closed).toHaveBeenCalledOnce();
    expect(authenticate).not.toHaveBeenCalled();
  });

  test('looks a task up once for its events, and answers with what came of it', async () => {
    const { call, engine } = create();
    const { task } = await engine.enqueue({ name: 'count', params: { to: 1 } }, { owner: 'local' });
    const looked = vi.spyOn(engine, 'get');
    const followed = vi.spyOn(engine, 'events');
    const text = await (await call(`/tasks/${task.id}/events?after=0`)).text();
    const seen = Number(
      text
        .match(/^id: (\d+)$/gm)
        ?.at(-1)
        ?.slice(4),
    );
    expect(text).toContain('event: succeeded');
    expect((await call(`/tasks/${task.id}/events?after=${seen}`)).status).toBe(204);
    expect((await call('/tasks/none/events')).status).toBe(404);
    expect((await call(`/tasks/${task.id}/events`, { method: 'HEAD' })).status).toBe(200);
    expect(followed).toHaveBeenCalledTimes(4);
    expect(looked).not.toHaveBeenCalled();
  });

  test('gives 503 while it closes', async () => {
    const { call, engine } = create();
    const { task } = await engine.enqueue({ name: 'count', params: { to: 1 } }, { owner: 'local' });
    await engine.close();
    expect((await call(`/tasks/${task.id}/events`)).status).toBe(503);
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"count","params":{"to":1}}',
    };
    expect((await call('/tasks', init)).status).toBe(503);
  });
});

describe('a backend without a network', () => {
  test('runs tasks, and serves no features', async () => {
    const engine = new EmbeddedEngine({ definitions, store: smallStore() });
    const backend = createBackend({ engine });
    const ask = async (path: string) => (await backend.fetch(new Request(`http://x.test${path}`))).status;
    expect(await ask('/tasks')).toBe(200);
    expect(await ask('/features')).toBe(404);
    const document = await (await backend.fetch(new Request('http://x.test/openapi.json'))).json();
    expect(Object.keys(document.paths)).toContain('/tasks');
    expect(Object.keys(document.paths)).not.toContain('/designs');
    await engine.close();
  });
});

describe('GET /designs', () => {
  test('gives the designs as GeoJSON', async () => {
    const response = await create().call('/designs');
    expect(response.headers.get('content-type')).toBe('application/geo+json');
    expect(await response.json()).toMatchObject({
      type: 'FeatureCollection',
      numberReturned: 1,
      features: [
        { id: 'design/Test', geometry: { type: 'Polygon' }, properties: { table: 'design', name: 'Test' } },
      ],
      links: [{ rel: 'self', href: 'designs' }],
    });
  });
});

describe('GET /features', () => {
  const ids = (page: { features: { id: string }[] }) => page.features.map(({ id }) => id);

  test('gives master, or a design over master, in pages linked by rel next', async () => {
    const { call } = create();
    expect(ids(await (await call('/features?tables=pole')).json())).toEqual(['pole/1']);
    const seen: string[] = [];
    let next: string | undefined = '/features?tables=pole,address&design=design/Test&limit=2';
    while (next) {
      const page: {
        features: { id: string }[];
        links: { rel: string; href: string }[];
        numberReturned: number;
      } = await (await call(next)).json();
      expect(page.numberReturned).toBe(page.features.length);
      seen.push(...ids(page));
      const href = page.links.find(({ rel }) => rel === 'next')?.href;
      next = href && `/${href}`;
    }
    expect(seen.sort()).toEqual(['address/1', 'address/2', 'address/3', 'pole/1', 'pole/2']);
  });

  test('gives those within a box', async () => {
    const { call } = create();
    const page = await (await call('/features?tables=address&bbox=0.0015,0,0.0025,0.01')).json();
    expect(ids(page)).toEqual(['address/2']);
  });

  test('gives those within a box over the antimeridian, whose west is greater than its east', async () => {
    const { call } = create();
    const page = await (await call('/features?tables=address&bbox=179,0,0.0025,0.01')).json();
    expect(ids(page)).toEqual(['address/1', 'address/2']);
  });

  test('more features on a page than there may be are as many as there may be', async () => {
    expect((await create().call('/features?limit=50001')).status).toBe(200);
  });

  test.each([
    ['bbox=1,2,3', 'bbox'],
    ['bbox=a,b,c,d', 'bbox'],
    ['bbox=1,2,,4', 'bbox'],
    ['bbox=500000,6800000,500100,6800100', 'bbox'],
    ['bbox=0,1,1,0', 'bbox'],
    ['tables=pole,houses', 'tables'],
    ['limit=0', 'limit'],
    ['colour=red', 'colour'],
    [`after=${'x'.repeat(201)}`, 'after'],
    ['limit=1&limit=1', 'limit'],
    ['bbox=0,0,1,1&bbox=0,0,1,1', 'bbox'],
  ])('refuses ?%s, naming it', async (query, parameter) => {
    const response = await create().call(`/features?${query}`);
    expect(response.status).toBe(400);
    expect((await response.json()).errors).toEqual([expect.objectContaining({ parameter })]);
  });

  test('of a design that is not there is refused, naming those there are', async () => {
    const response = await create().call('/features?design=design/Nowhere');
    expect(response.status).toBe(404);
    const problem = await response.json();
    expect(problem.detail).toContain('Nowhere');
    expect(problem.detail).toContain('Test');
  });
});

test('a refusal with a code of its own is the caller’s mistake: 400', async () => {
  const { call } = create({
    authenticate() {
      throw new TaskRefusal({ code: 'quota-spent', message: 'No tasks left this month' });
    },
  });
  const response = await call('/tasks');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ type: 'urn:problem-type:lrt:quota-spent' });
});
