import { createParser } from 'eventsource-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isTerminal, PROBLEM_TYPE_PREFIX } from '../../src/contract/index.ts';

export interface RunningBackend {
  /** Where '/tasks' is, without a slash at the end. */
  url: string;
  fetch(input: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

interface SentEvent {
  event: string | undefined;
  id: string | undefined;
  data: Record<string, unknown> & { taskId: string; seq: number; type: string };
}

/**
 * What the default protocol promises, whatever carries it. `start` gives a backend on the definitions and the store
 * of test/support/tasks/definitions.ts; `Authorization: Bearer NAME` makes NAME the owner, 'nobody' is refused, and 'banned'
 * is forbidden.
 */
export function declareLrtProtocolContract(name: string, start: () => Promise<RunningBackend>): void {
  describe(`${name}: the LRT protocol`, () => {
    let backend: RunningBackend;
    let gateCount = 0;
    const newGate = () => `${name} http ${gateCount++}`;

    beforeEach(async () => {
      backend = await start();
    });
    afterEach(() => backend.close());

    const call = (path: string, init?: RequestInit) => backend.fetch(`${backend.url}${path}`, init);
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    const get = async (path: string) => (await call(path)).json();
    const run = async (task: string, params: object = {}) =>
      (await (await post('/tasks', { name: task, params })).json()) as { id: string; seq: number };
    const openGate = (gate: string) => run('open', { gate });

    /** The events of a response, as they come. Leaving the loop cancels the stream. */
    async function* sent(response: Response): AsyncGenerator<SentEvent> {
      expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
      const queue: SentEvent[] = [];
      const parser = createParser({
        onEvent: ({ event, id, data }) => queue.push({ event, id, data: JSON.parse(data) }),
      });
      const reader = response.body?.getReader();
      const decoder = new TextDecoder();
      try {
        for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
          parser.feed(decoder.decode(part.value, { stream: true }));
          yield* queue.splice(0);
        }
      } finally {
        await reader?.cancel();
      }
    }
    async function allSent(response: Response): Promise<SentEvent[]> {
      const events: SentEvent[] = [];
      for await (const event of sent(response)) events.push(event);
      return events;
    }
    const ended = async (id: string) => (await allSent(await call(`/tasks/${id}/events`))).at(-1);
    const untilWaiting = async (id: string) => {
      for await (const { data } of sent(await call(`/tasks/${id}/events`))) {
        if (JSON.stringify(data).includes('waiting for')) return data.seq;
      }
      throw new Error('the task never waited');
    };
    const expectProblem = async (response: Response, status: number, code: string) => {
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      const problem = await response.json();
      expect(problem).toMatchObject({ type: PROBLEM_TYPE_PREFIX + code, status });
      expect(problem.title.length).toBeGreaterThan(0);
      expect(problem.detail.length).toBeLessThan(3_000);
      expect(JSON.stringify(problem)).not.toMatch(/\.ts:\d+|node_modules/);
      return problem;
    };

    describe('POST /tasks', () => {
      test('queues a task: 202, its place, its snapshot', async () => {
        const response = await post('/tasks', { name: 'count', params: { to: 2 }, tags: ['a'] });
        expect(response.status).toBe(202);
        const task = await response.json();
        expect(task).toMatchObject({
          name: 'count',
          status: 'queued',
          params: { to: 2 },
          tags: ['a'],
          seq: 1,
        });
        const place = response.headers.get('location') ?? '';
        const found = await backend.fetch(new URL(place, backend.url).href);
        expect(await found.json()).toMatchObject({ id: task.id });
        expect(await ended(task.id)).toMatchObject({ event: 'succeeded', data: { result: { counted: 2 } } });
      });

      test('takes the key from the header as well; the one in the body wins', async () => {
        const enqueue = async (header: string, idempotencyKey?: string) => {
          const body = { name: 'count', params: { to: 2 }, ...(idempotencyKey && { idempotencyKey }) };
          const response = await post('/tasks', body, { 'Idempotency-Key': header });
          return (await response.json()).id;
        };
        const first = await enqueue('from-a-proxy');
        expect(await enqueue('from-a-proxy')).toBe(first);
        expect(await enqueue('"from-a-proxy"')).toBe(first);
        expect(await enqueue('another')).not.toBe(first);
        const own = await enqueue('from-a-proxy', 'own');
        expect(own).not.toBe(first);
        expect(await enqueue('another', 'own')).toBe(own);
        const long = { 'Idempotency-Key': 'x'.repeat(201) };
        const response = await post('/tasks', { name: 'count', params: { to: 2 } }, long);
        expect((await response.json()).errors).toMatchObject([{ parameter: 'Idempotency-Key' }]);
      });

      test('with the same idempotency key gives the same task: 200; with other params 409', async () => {
        const body = { name: 'count', params: { to: 2 }, idempotencyKey: 'key' };
        const first = await (await post('/tasks', body)).json();
        const second = await post('/tasks', body);
        expect(second.status).toBe(200);
        expect((await second.json()).id).toBe(first.id);
        await expectProblem(
          await post('/tasks', { ...body, params: { to: 3 } }),
          409,
          'idempotency-conflict',
        );
      });

      test('refuses an unknown task, naming the known ones', async () => {
        const problem = await expectProblem(
          await post('/tasks', { name: 'coffee', params: {} }),
          400,
          'unknown-task',
        );
        expect(problem.detail).toMatch(/coffee.*count/);
      });

      test.each([
        [{}, 'to', 'missing'],
        [{ to: 'abc' }, 'to', 'wrong-type'],
        [{ to: 0 }, 'to', 'out-of-range'],
        [{ to: -1 }, 'to', 'out-of-range'],
        [{ to: 1.5 }, 'to', 'wrong-type'],
        [{ to: 1e9 }, 'to', 'out-of-range'],
        [{ to: 1, colour: 1 }, 'colour', 'unknown'],
      ])('refuses the params %j: %s is %s', async (params, parameter, code) => {
        const response = await post('/tasks', { name: 'count', params });
        const problem = await expectProblem(response, 400, 'invalid-params');
        expect(problem.errors).toEqual([expect.objectContaining({ parameter, code })]);
        expect((await get('/tasks')).tasks).toEqual([]);
      });

      test.each([
        ['{"name":', 'body'],
        ['', 'body'],
        ['[]', 'body'],
        ['null', 'body'],
        ['{"params":{}}', 'name'],
        ['{"name":"count"}', 'params'],
        ['{"name":"count","params":[]}', 'params'],
        ['{"name":7,"params":{}}', 'name'],
        ['{"name":"count","params":{},"colour":1}', 'colour'],
        ['{"name":"count","params":{},"__proto__":{}}', '__proto__'],
        ['{"name":"count","params":{},"idempotencyKey":""}', 'idempotencyKey'],
        ['{"name":"count","params":{},"tags":"a"}', 'tags'],
        ['{"name":"count","params":{},"tags":[1]}', 'tags'],
        ['{"name":"count","params":{"to":1e400}}', 'params.to'],
        [`{"name":"count","params":{"deep":{"to":[-${'9'.repeat(400)}]}}}`, 'params.deep.to.0'],
        [JSON.stringify({ name: 'x'.repeat(101), params: {} }), 'name'],
        [JSON.stringify({ name: 'count', params: {}, idempotencyKey: 'x'.repeat(201) }), 'idempotencyKey'],
      ])('refuses the body %s, naming %s', async (body, field) => {
        const problem = await expectProblem(await post('/tasks', body), 400, 'invalid-request');
        expect(problem.errors).toContainEqual(expect.objectContaining({ parameter: field }));
      });

      test('refuses text that is not UTF-8', async () => {
        const response = await call('/tasks', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        });
        await expectProblem(response, 400, 'invalid-request');
      });

      test('refuses another content type', async () => {
        const body = JSON.stringify({ name: 'count', params: { to: 1 } });
        const response = await post('/tasks', body, { 'Content-Type': 'text/plain' });
        await expectProblem(response, 415, 'unsupported-media-type');
      });

      test('refuses more than 1 MB; takes what is just below', async () => {
        const body = (length: number) => {
          const head = '{"name":"count","params":{"to":1}';
          return `${head}${' '.repeat(length - head.length - 1)}}`;
        };
        await expectProblem(await post('/tasks', body(1_048_577)), 413, 'body-too-large');
        expect((await post('/tasks', body(1_048_576))).status).toBe(202);
      });
    });

    describe('GET /task-definitions', () => {
      test('lists what can be started, in pages, in the order of the names', async () => {
        const { definitions } = await get('/task-definitions?limit=200');
        const names = definitions.map((one: { name: string }) => one.name);
        expect(names).toEqual([...names].sort());
        expect(definitions).toContainEqual(
          expect.objectContaining({ name: 'count', mayStart: true, params: expect.any(Object) }),
        );
        const first = await get('/task-definitions?limit=1');
        expect(first).toMatchObject({ definitions: [{ name: names[0] }], nextAfter: names[0] });
        const rest = await get(`/task-definitions?limit=200&after=${first.nextAfter}`);
        expect(rest.definitions.map((one: { name: string }) => one.name)).toEqual(names.slice(1));
        expect(rest).not.toHaveProperty('nextAfter');
      });

      test.each(['limit=0', 'colour=red', `after=${'x'.repeat(101)}`])('refuses ?%s', async (query) => {
        await expectProblem(await call(`/task-definitions?${query}`), 400, 'invalid-request');
      });

      test('is for callers alone', async () => {
        const response = await call('/task-definitions', { headers: { Authorization: 'Bearer nobody' } });
        await expectProblem(response, 401, 'unauthorized');
      });
    });

    describe('GET /tasks', () => {
      test('gives pages, newest first, and filters', async () => {
        const ids: string[] = [];
        for (let i = 0; i < 3; i++) ids.unshift((await run('count', { to: 1 })).id);
        await Promise.all(ids.map((id) => ended(id)));
        const first = await get('/tasks?limit=2');
        expect(first.tasks.map((task: { id: string }) => task.id)).toEqual(ids.slice(0, 2));
        const second = await get(`/tasks?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
        expect(second.tasks.map((task: { id: string }) => task.id)).toEqual(ids.slice(2));
        expect(second).not.toHaveProperty('nextCursor');
        expect((await get('/tasks?status=active')).tasks).toEqual([]);
        expect((await get('/tasks?status=finished&name=count&q=counted')).tasks).toHaveLength(3);
      });

      test('more tasks on a page than there may be are as many as there may be', async () => {
        for (let i = 0; i < 3; i++) await run('count', { to: 1 });
        expect((await get('/tasks?limit=201')).tasks).toHaveLength(3);
        expect((await get('/task-definitions?limit=1000')).definitions.length).toBeGreaterThan(1);
      });

      test.each([
        'status=done',
        'limit=0',
        'limit=ten',
        'limit=',
        'cursor=%00',
        'cursor=1',
        'cursor=zzzzzz',
        'limit=1&limit=2',
        'colour=red',
        `q=${'x'.repeat(201)}`,
      ])('refuses ?%s, naming it', async (query) => {
        const problem = await expectProblem(await call(`/tasks?${query}`), 400, 'invalid-request');
        expect(problem.errors[0].parameter).toBe(query.split('=')[0]);
      });
    });

    describe('many tasks', () => {
      test('GET /tasks/count says how many a filter selects, by status', async () => {
        const { id } = await run('count', { to: 1 });
        await ended(id);
        const byStatus = { queued: 0, running: 0, succeeded: 1, failed: 0, cancelled: 0 };
        const counted = await call('/tasks/count?name=count&status=succeeded');
        expect([counted.status, await counted.json()]).toEqual([200, { byStatus, others: 0 }]);
        expect(await get('/tasks/count?status=failed')).toMatchObject({ byStatus: { succeeded: 0 } });
        await expectProblem(await call('/tasks/count?status=over'), 400, 'invalid-request');
        await expectProblem(await call('/tasks/count?limit=1'), 400, 'invalid-request');
      });

      test('POST /tasks/bulk starts a task that acts on them: 202, its place; the same key again: 200', async () => {
        const { id } = await run('count', { to: 1 });
        await ended(id);
        const body = { action: 'clear', filter: { name: 'count' }, idempotencyKey: 'clear them' };
        const response = await post('/tasks/bulk', body);
        expect(response.status).toBe(202);
        const task = await response.json();
        expect(response.headers.get('location')).toMatch(new RegExp(`/tasks/${task.id}$`));
        expect(await ended(task.id)).toMatchObject({
          event: 'succeeded',
          data: { result: { done: 1, failed: 0 } },
        });
        expect((await call(`/tasks/${id}`)).status).toBe(404);
        const again = await post('/tasks/bulk', body);
        expect([again.status, (await again.json()).id]).toEqual([200, task.id]);
      });

      test('POST /tasks/waiting says why tasks wait, of those that do', async () => {
        const gate = newGate();
        const ids: string[] = [];
        for (let i = 0; i < 3; i++) ids.push((await run('wait', { gate })).id);
        const ask = async () => (await post('/tasks/waiting', { ids: [...ids, 'nothing'] })).json();
        const place = { reason: 'worker', queue: 'default', place: 1 };
        await expect.poll(ask).toEqual({ waiting: { [ids[2] ?? '']: expect.objectContaining(place) } });
        const many = Array.from({ length: 201 }, (_, i) => `${i}`);
        await expectProblem(await post('/tasks/waiting', { ids: many }), 400, 'invalid-request');
        await expectProblem(await post('/tasks/waiting', {}), 400, 'invalid-request');
        await openGate(gate);
        await Promise.all(ids.map((id) => ended(id)));
        expect(await ask()).toEqual({ waiting: {} });
      });

      test('POST /tasks/design-changes is for administrators, and names what is wrong', async () => {
        const change = { design: 'design/Test', change: 'changed' };
        await expectProblem(await post('/tasks/design-changes', change), 403, 'forbidden');
        for (const [parameter, wrong] of [
          ['design', { change: 'changed' }],
          ['design', { ...change, design: 'a\0b' }],
          ['change', { ...change, change: 'moved' }],
          ['at', { ...change, at: 1 }],
        ] as const) {
          const problem = await expectProblem(
            await post('/tasks/design-changes', wrong),
            400,
            'invalid-request',
          );
          expect(problem.errors).toMatchObject([{ parameter }]);
        }
      });

      test.each([
        ['action', { filter: {} }],
        ['action', { action: 'delete', filter: {} }],
        ['filter', { action: 'clear' }],
        ['filter', { action: 'clear', filter: {}, ids: ['a'] }],
        ['filter', { action: 'clear', filter: 'all' }],
        ['filter.colour', { action: 'clear', filter: { colour: 'red' } }],
        ['ids', { action: 'clear', ids: [] }],
        ['ids', { action: 'clear', ids: 'all' }],
        ['ids', { action: 'clear', ids: [7] }],
        ['ids', { action: 'clear', ids: Array.from({ length: 1_001 }, (_, i) => `${i}`) }],
        ['idempotencyKey', { action: 'clear', filter: {}, idempotencyKey: '' }],
        ['as', { action: 'clear', filter: {}, as: { admin: true } }],
      ])('POST /tasks/bulk names "%s" where it is wrong', async (parameter, body) => {
        const problem = await expectProblem(await post('/tasks/bulk', body), 400, 'invalid-request');
        expect(problem.errors).toMatchObject([{ parameter }]);
      });
    });

    describe('one task', () => {
      test.each([
        ['GET', ''],
        ['DELETE', ''],
        ['POST', '/retry'],
        ['GET', '/events'],
      ])('%s /tasks/{unknown}%s is 404', async (method, rest) => {
        await expectProblem(await call(`/tasks/nothing${rest}`, { method }), 404, 'task-not-found');
      });

      test('is cancelled by DELETE: 202; once it has ended 409', async () => {
        const { id } = await run('wait', { gate: newGate() });
        await untilWaiting(id);
        const response = await call(`/tasks/${id}`, { method: 'DELETE' });
        expect(response.status).toBe(202);
        expect(await response.json()).toMatchObject({ id, cancelRequested: true });
        expect(await ended(id)).toMatchObject({ event: 'cancelled' });
        await expectProblem(await call(`/tasks/${id}`, { method: 'DELETE' }), 409, 'already-finished');
      });

      test('whose items are read page by page, by GET /items', async () => {
        const { id } = await run('parts', { ok: 3, fail: 2 });
        await ended(id);
        const failed = await get(`/tasks/${id}/items?ok=false`);
        expect(failed).toMatchObject({ items: [{ id: 'part/1', code: 'too-far' }, { id: 'part/2' }] });
        const first = await get(`/tasks/${id}/items?limit=4`);
        expect(first).toMatchObject({ items: { length: 4 }, nextAfter: expect.any(String) });
        const second = await get(`/tasks/${id}/items?limit=4&after=${first.nextAfter}`);
        expect(second).toEqual({ items: [{ id: 'part/5', ok: true }] });
        for (const wrong of ['ok=maybe', 'limit=0', 'after=x', 'page=2']) {
          await expectProblem(await call(`/tasks/${id}/items?${wrong}`), 400, 'invalid-request');
        }
        await expectProblem(await call('/tasks/nothing/items'), 404, 'task-not-found');
      });

      test('whose items failed in part is run again for those only, by POST /retry with a body', async () => {
        const { id } = await run('parts', { ok: 2, fail: 1 });
        expect(await ended(id)).toMatchObject({ data: { type: 'succeeded' } });
        expect(await get(`/tasks/${id}`)).toMatchObject({
          items: { ok: 2, failed: 1, failures: [{ id: 'part/1', code: 'too-far' }] },
        });
        const nodes = [[], {}, { from: [] }, { only: 'a' }, { from: ['a'], only: ['b'] }, { from: [''] }];
        for (const wrong of [
          { items: 'all' },
          { items: ['part/1'] },
          { which: 'failed' },
          [],
          { nodes: { from: ['a'] } },
          ...nodes.map((each) => ({ nodes: each })),
        ]) {
          await expectProblem(await post(`/tasks/${id}/retry`, wrong), 400, 'invalid-request');
        }
        const response = await post(`/tasks/${id}/retry`, { items: 'failed' });
        expect(response.status).toBe(202);
        const again = await response.json();
        expect(await ended(again.id)).toMatchObject({ data: { result: { built: ['part/1'] } } });
        const none = await post(`/tasks/${again.id}/retry`, { items: 'failed' });
        await expectProblem(none, 409, 'not-retryable');
      });

      test('whose log is read page by page, by GET /log', async () => {
        const gate = newGate();
        const { id } = await run('wait', { gate });
        await openGate(gate);
        await ended(id);
        const line = { at: expect.any(String), level: 'info', message: 'waiting', attempt: 1 };
        const page = await get(`/tasks/${id}/log?limit=5&level=info&q=WAIT`);
        expect(page).toEqual({ lines: [line], cursor: expect.any(String), hasMore: false });
        expect(await get(`/tasks/${id}/log?after=${page.cursor}`)).toMatchObject({ lines: [] });
        await expectProblem(await call(`/tasks/${id}/log?level=loud`), 400, 'invalid-request');
        await expectProblem(await call(`/tasks/${id}/log?after=x`), 400, 'invalid-request');
        await expectProblem(await call('/tasks/nothing/log'), 404, 'task-not-found');
      });

      test('is removed by POST /clear once it has ended, and again with the same answer', async () => {
        const gate = newGate();
        const { id } = await run('wait', { gate });
        await expectProblem(await post(`/tasks/${id}/clear`, {}), 409, 'not-finished');
        await openGate(gate);
        await ended(id);
        expect((await post(`/tasks/${id}/clear`, { all: true })).status).toBe(400);
        const cleared = await call(`/tasks/${id}/clear`, { method: 'POST' });
        expect([cleared.status, await cleared.json()]).toEqual([200, { cleared: true }]);
        const again = await post(`/tasks/${id}/clear`, {});
        expect([again.status, await again.json()]).toEqual([200, { cleared: false }]);
        await expectProblem(await call(`/tasks/${id}`), 404, 'task-not-found');
      });

      test('is run again by POST /retry, when it has ended', async () => {
        const { id } = await run('fail', { message: 'no pole' });
        expect(await ended(id)).toMatchObject({ data: { error: { code: 'exception', message: 'no pole' } } });
        const response = await call(`/tasks/${id}/retry`, { method: 'POST' });
        expect(response.status).toBe(202);
        const again = await response.json();
        expect(again).toMatchObject({ retryOf: id, status: 'queued' });
        expect(response.headers.get('location')).toContain(again.id);
        // Whoever got no answer calls again with the same key, in the body or as a header.
        const headers = { 'Idempotency-Key': '"lost"' };
        const first = await (await call(`/tasks/${id}/retry`, { method: 'POST', headers })).json();
        expect(first.id).not.toBe(again.id);
        const repeated = await post(`/tasks/${id}/retry`, { idempotencyKey: 'lost' });
        expect(await repeated.json()).toMatchObject({ id: first.id, retryOf: id });
        await expectProblem(await post(`/tasks/${id}/retry`, { idempotencyKey: '' }), 400, 'invalid-request');
        const waiting = await run('wait', { gate: newGate() });
        await expectProblem(
          await call(`/tasks/${waiting.id}/retry`, { method: 'POST' }),
          409,
          'not-retryable',
        );
      });

      test('is answered by a long poll as soon as it is newer than the cursor', async () => {
        const gate = newGate();
        const { id } = await run('wait', { gate });
        const seq = await untilWaiting(id);
        expect(await get(`/tasks/${id}?wait=30&after=${seq - 1}`)).toMatchObject({ id, status: 'running' });
        const poll = get(`/tasks/${id}?wait=30&after=${seq}`);
        await openGate(gate);
        const news = await poll;
        expect(news.seq).toBeGreaterThan(seq);
        await ended(id);
        // A task that has ended has no news to wait for.
        expect(await get(`/tasks/${id}?wait=30`)).toMatchObject({ status: 'succeeded' });
      });

      test('is answered by a long poll after the wait, where nothing is new', async () => {
        const { id } = await run('wait', { gate: newGate() });
        const seq = await untilWaiting(id);
        const before = Date.now();
        expect(await get(`/tasks/${id}?wait=1&after=${seq}`)).toMatchObject({ id, status: 'running', seq });
        expect(Date.now() - before).toBeGreaterThan(900);
        expect(await get(`/tasks/${id}?wait=0&after=${seq}`)).toMatchObject({ id, seq });
        await expectProblem(await call('/tasks/nothing?wait=30'), 404, 'task-not-found');
      });

      test.each(['wait=31', 'wait=-1', 'wait=x', 'wait=1&after=x', 'wait=1&colour=1'])(
        'refuses the poll ?%s',
        async (query) => {
          const { id } = await run('count', { to: 1 });
          await expectProblem(await call(`/tasks/${id}?${query}`), 400, 'invalid-request');
        },
      );

      test.each(['after=1', 'colour=1'])('refuses ?%s', async (query) => {
        const { id } = await run('count', { to: 1 });
        await expectProblem(await call(`/tasks/${id}?${query}`), 400, 'invalid-request');
      });
    });

    describe('GET /tasks/{id}/events', () => {
      test('sends named, numbered events in one line each, and closes after the terminal one', async () => {
        const { id } = await run('count', { to: 20 });
        const response = await call(`/tasks/${id}/events?after=0`);
        expect(response.status).toBe(200);
        expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
        expect(response.headers.get('x-accel-buffering')).toBe('no');
        const events = await allSent(response);
        expect(events.map((event) => event.id)).toEqual(events.map((_, i) => String(i + 1)));
        for (const { event, data, id: number } of events) {
          expect(data).toMatchObject({ taskId: id, type: event, seq: Number(number), attempt: 1 });
        }
        expect(events.filter(({ data }) => isTerminal(data.type))).toHaveLength(1);
        expect(events.at(-1)).toMatchObject({ event: 'succeeded', data: { result: { counted: 20 } } });
      });

      test('flushes its headers although nothing happens', async () => {
        const gate = newGate();
        const { id } = await run('wait', { gate });
        const seq = await untilWaiting(id);
        const response = await call(`/tasks/${id}/events?after=${seq}`);
        expect(response.status).toBe(200);
        const rest = allSent(response);
        await openGate(gate);
        expect((await rest).every(({ data }) => data.seq > seq)).toBe(true);
      });

      test('resumes by header or by query, the query first; nothing comes twice, nothing is missed', async () => {
        const gate = newGate();
        const { id } = await run('wait', { gate });
        const seq = await untilWaiting(id);
        const byHeader = await call(`/tasks/${id}/events`, { headers: { 'Last-Event-ID': String(seq) } });
        const both = await call(`/tasks/${id}/events?after=${seq}`, { headers: { 'Last-Event-ID': '0' } });
        await openGate(gate);
        const [a, b] = await Promise.all([allSent(byHeader), allSent(both)]);
        expect(a.map(({ data }) => data.seq)).toEqual(a.map((_, i) => seq + 1 + i));
        expect(b).toEqual(a);
        expect(a.at(-1)?.event).toBe('succeeded');
      });

      test('tells who has seen all to stay away: 204', async () => {
        const { id } = await run('count', { to: 1 });
        const last = await ended(id);
        const response = await call(`/tasks/${id}/events`, {
          headers: { 'Last-Event-ID': String(last?.id) },
        });
        expect(response.status).toBe(204);
      });

      test('of a task that has ended gives a snapshot and the terminal event', async () => {
        const { id } = await run('count', { to: 1 });
        await ended(id);
        const events = await allSent(await call(`/tasks/${id}/events`));
        expect(events.map(({ event }) => event)).toEqual(['snapshot', 'succeeded']);
      });

      test.each(['after=-1', 'after=x', 'after=', 'since=1'])('refuses ?%s', async (query) => {
        const { id } = await run('count', { to: 1 });
        await expectProblem(await call(`/tasks/${id}/events?${query}`), 400, 'invalid-request');
      });

      test('refuses a Last-Event-ID that is not one of ours', async () => {
        const { id } = await run('count', { to: 1 });
        const response = await call(`/tasks/${id}/events`, { headers: { 'Last-Event-ID': 'abc' } });
        const problem = await expectProblem(response, 400, 'invalid-request');
        expect(problem.errors[0].parameter).toBe('Last-Event-ID');
      });

      test('can be left: the task goes on and others still follow it', async () => {
        const gate = newGate();
        const { id } = await run('wait', { gate });
        await untilWaiting(id);
        const abort = new AbortController();
        const response = await call(`/tasks/${id}/events`, { signal: abort.signal });
        // Some hosts cut the stream, some end it.
        const reading = allSent(response).catch(() => []);
        abort.abort();
        expect((await reading).some(({ data }) => isTerminal(data.type))).toBe(false);
        for await (const _ of sent(await call(`/tasks/${id}/events`))) break;
        await openGate(gate);
        expect(await ended(id)).toMatchObject({ event: 'succeeded' });
      });
    });

    describe('POST /tasks/events', () => {
      test('sends the events of many tasks, without ids, to the end of all', async () => {
        const gate = newGate();
        const waiting = await run('wait', { gate });
        const seq = await untilWaiting(waiting.id);
        const counting = await run('count', { to: 10 });
        const response = await post('/tasks/events', { cursors: { [waiting.id]: seq, [counting.id]: null } });
        const reading = allSent(response);
        await openGate(gate);
        const events = await reading;
        expect(events.every((event) => event.id === undefined)).toBe(true);
        const of = (id: string) =>
          events.filter(({ data }) => data.taskId === id).map(({ data }) => data.seq);
        expect(of(waiting.id)).toEqual(of(waiting.id).map((_, i) => seq + 1 + i));
        const numbers = of(counting.id);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
        expect(events.filter(({ data }) => isTerminal(data.type))).toHaveLength(2);
      });

      test.each([
        [{}, 'cursors'],
        [{ cursors: [] }, 'cursors'],
        [{ cursors: {} }, 'cursors'],
        [{ cursors: { a: -1 } }, 'cursors.a'],
        [{ cursors: { a: '1' } }, 'cursors.a'],
      ])('refuses %j, naming %s', async (body, field) => {
        const problem = await expectProblem(await post('/tasks/events', body), 400, 'invalid-request');
        expect(problem.errors[0].parameter).toBe(field);
      });

      test('names the tasks that are not there', async () => {
        const { id } = await run('count', { to: 1 });
        const response = await post('/tasks/events', { cursors: { [id]: null, nothing: 3 } });
        const problem = await expectProblem(response, 404, 'task-not-found');
        expect(problem.details).toEqual({ taskIds: ['nothing'] });
      });
    });

    describe('who asks', () => {
      const as = (owner: string) => ({ Authorization: `Bearer ${owner}` });

      test('sees only tasks of their own', async () => {
        const response = await post('/tasks', { name: 'count', params: { to: 1 } }, as('ann'));
        const task = await response.json();
        expect(task.owner).toBe('ann');
        const asBob = (path: string, method = 'GET') => call(path, { method, headers: as('bob') });
        await expectProblem(await asBob(`/tasks/${task.id}`), 404, 'task-not-found');
        await expectProblem(await asBob(`/tasks/${task.id}`, 'DELETE'), 404, 'task-not-found');
        await expectProblem(await asBob(`/tasks/${task.id}/events`), 404, 'task-not-found');
        expect((await (await asBob('/tasks')).json()).tasks).toEqual([]);
      });

      test('may be refused', async () => {
        const nobody = await call('/tasks', { headers: as('nobody') });
        expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
        await expectProblem(nobody, 401, 'unauthorized');
        await expectProblem(await call('/tasks', { headers: as('banned') }), 403, 'forbidden');
      });
    });

    describe('what is not there', () => {
      test.each([
        ['PUT', '/tasks', 'GET, POST'],
        ['DELETE', '/tasks', 'GET, POST'],
        ['GET', '/tasks/events', 'POST'],
        ['DELETE', '/tasks/events', 'POST'],
        ['PATCH', '/tasks/1', 'GET, DELETE'],
        ['GET', '/tasks/1/retry', 'POST'],
        ['POST', '/tasks/1/events', 'GET'],
        ['POST', '/features', 'GET'],
      ])('%s %s is 405 and says what is allowed', async (method, path, allowed) => {
        const response = await call(path, { method });
        expect(response.headers.get('allow')).toBe(allowed);
        await expectProblem(response, 405, 'method-not-allowed');
      });

      test('is 404', async () => {
        await expectProblem(await call('/coffee'), 404, 'not-found');
        await expectProblem(await call('/tasks/1/coffee'), 404, 'not-found');
      });
    });
  });
}
