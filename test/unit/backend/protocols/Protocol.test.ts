import { afterEach, describe, expect, test } from 'vitest';
import { createBackend } from '../../../../backend/app.ts';
import { EmbeddedEngine } from '../../../../backend/embedded/EmbeddedEngine.ts';
import type { EventFormat } from '../../../../backend/http/EventFormat.ts';
import { eventStreamResponse } from '../../../../backend/http/eventStreamResponse.ts';
import { readJsonObject } from '../../../../backend/http/requestBody.ts';
import { PROTOCOLS } from '../../../../backend/protocols/index.ts';
import { defineProtocol } from '../../../../backend/protocols/Protocol.ts';
import {
  combine,
  duplicates,
  htmlInsteadOfStream,
  lostCursor,
  type Scenario,
  serverErrorOnEnqueue,
  streamCut,
} from '../../../../mocks/index.ts';
import { ScenarioSwitch } from '../../../../mocks/ScenarioSwitch.ts';
import { combineHooks, withFollowHook } from '../../../../mocks/scenarios/Scenario.ts';
import { createServerApp } from '../../../../server/src/http/createServerApp.ts';
import { createMetrics } from '../../../../server/src/observe/createMetrics.ts';
import { isTerminal } from '../../../../src/contract/index.ts';
import { openApiChecker } from '../../../support/http/openApiChecker.ts';
import { definitions, smallStore } from '../../../support/tasks/definitions.ts';

/** One line of JSON for each event that this protocol's clients understand. */
const LINES: EventFormat = {
  contentType: 'application/x-ndjson',
  frameEnd: '\n',
  keepAlive: '\n',
  encode: ({ type, seq }) => (type === 'log' ? undefined : `${JSON.stringify({ seq, what: type })}\n`),
};

/** A protocol that no file outside of this test knows: it counts, and reports in lines of JSON. */
const counting = defineProtocol({
  name: 'counting',
  routes: {
    'PUT /counters/:to': { startsTask: true },
    'GET /counters/:id/lines': { events: LINES },
    'GET /tasks/number': {},
  },
  handlers: ({ engine, basePath }) => ({
    async 'PUT /counters/:to'({ request, caller, param }) {
      await readJsonObject(request, []);
      const params = { to: Number(param('to')) };
      const { task } = await engine.enqueue({ name: 'count', params }, caller);
      return new Response(null, {
        status: 201,
        headers: { Location: `${basePath}/counters/${task.id}/lines` },
      });
    },
    async 'GET /counters/:id/lines'({ request, caller, param, context }) {
      const after = request.headers.get('Seen');
      const cursors = { [param('id')]: after === null ? null : Number(after) };
      const events = engine.events({ cursors }, { caller });
      await events.open();
      return eventStreamResponse(request, events, { format: LINES, context });
    },
    async 'GET /tasks/number'({ caller }) {
      const { tasks } = await engine.list({}, caller);
      return Response.json({ number: tasks.length });
    },
  }),
  openapi: async () => ({
    paths: {
      '/counters/{to}': { put: { responses: { 201: { description: 'It counts' } } } },
      '/counters/{id}/lines': { get: { responses: { 200: { description: 'Lines of JSON' } } } },
      '/tasks/number': { get: { responses: { 200: { description: 'How many tasks there are' } } } },
    },
    schemas: { Line: { type: 'object' } },
  }),
});

const engines: EmbeddedEngine[] = [];
afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

function open({ scenario = null as Scenario | null, protocols = [...PROTOCOLS, counting] } = {}) {
  const store = smallStore();
  const engine = new EmbeddedEngine({ definitions, store });
  engines.push(engine);
  const hooks = combineHooks([() => scenario?.hooks]);
  const backend = createBackend({
    engine: withFollowHook(engine, hooks),
    store,
    protocols,
    schedules: { schedules: () => [] },
  });
  const scenarios = new ScenarioSwitch(backend);
  scenarios.use(scenario);
  const call = (path: string, init?: RequestInit) =>
    scenarios.fetch(new Request(`http://x.test${path}`, init));
  return { backend, call };
}

const PUT = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{}' };

async function linesOf(response: Response) {
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as { seq: number; what: string });
}

describe('a protocol of one’s own', () => {
  test('is served beside the others, a literal path before a parameter', async () => {
    const { call } = open();
    const created = await call('/counters/3', PUT);
    expect(created.status).toBe(201);
    const response = await call(created.headers.get('Location') ?? '');
    expect(response.headers.get('Content-Type')).toBe('application/x-ndjson');
    const lines = await linesOf(response);
    expect(lines.at(-1)).toMatchObject({ what: 'succeeded' });
    expect(lines.map(({ what }) => what)).not.toContain('log');
    expect(await (await call('/tasks/number')).json()).toEqual({ number: 1 });
    const wrongMethod = await call('/counters/3', { method: 'DELETE' });
    expect([wrongMethod.status, wrongMethod.headers.get('Allow')]).toEqual([405, 'PUT']);
    expect((await call('/tasks')).status).toBe(200);
  });

  test('may be the only one, and may be wrong: two protocols cannot serve one route', async () => {
    const { call } = open({ protocols: [counting] });
    expect((await call('/tasks')).status).toBe(404);
    expect((await call('/tasks/number')).status).toBe(200);
    expect(() => open({ protocols: [counting, { ...counting, name: 'other' }] })).toThrow(
      '"counting" and "other" both serve "PUT /counters/:to"',
    );
  });

  test('is rate-limited where it starts a task, and labelled in metrics', async () => {
    const { backend } = open();
    const metrics = createMetrics({});
    const app = createServerApp({
      backend,
      authenticate: () => ({ owner: 'ann' }),
      // A tenth of them may start tasks: two in ten seconds.
      limits: { requestsPerSecond: 2, streamsPerOwner: 1 },
      cors: { origins: [] },
      ready: async () => ({}),
      metrics: { render: metrics.render, answered: metrics.http.requestEnded },
      logger: { info() {}, warn() {}, error() {} },
    });
    const ask = (path: string, init?: RequestInit) => app.fetch(new Request(`http://x.test${path}`, init));
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await ask('/counters/1', PUT)).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect((await ask('/tasks/number')).status).toBe(200);
    const { body } = await metrics.render();
    expect(body).toContain('lrt_http_requests_total{method="PUT",route="/counters/:to",status="201"} 2');
    expect(body).toContain('lrt_http_requests_total{method="GET",route="/tasks/number",status="200"} 1');
    await app.close();
  });

  test('is in the OpenAPI document', async () => {
    const { call } = open();
    const { document } = await openApiChecker('', [...PROTOCOLS, counting]);
    const served = await (await call('/openapi.json')).json();
    expect(served).toEqual(JSON.parse(JSON.stringify(document)));
    expect(served.paths).toMatchObject({ '/counters/{to}': { put: {} }, '/tasks': { post: {}, get: {} } });
    expect(served.components.schemas).toMatchObject({ Line: { type: 'object' } });
  });
});

describe('a fault scenario, on a protocol that it does not know', () => {
  async function count(scenario: Scenario, headers: Record<string, string> = {}) {
    const { call } = open({ scenario });
    const created = await call('/counters/3', PUT);
    return call(created.headers.get('Location') ?? '', { headers });
  }

  test('duplicates: each event comes twice, keep-alive frames once', async () => {
    const text = await (await count(duplicates())).text();
    expect(text.split('\n').filter((line) => line === '')).toHaveLength(2);
    const lines = await linesOf(new Response(text));
    expect(lines.length % 2).toBe(0);
    expect(lines.filter((_, i) => i % 2 === 0)).toEqual(lines.filter((_, i) => i % 2 === 1));
  });

  test('streamCut: the stream ends before the task has ended', async () => {
    const { call } = open({ scenario: streamCut({ everyMs: 20, how: 'eof' }) });
    await call('/counters/1', PUT);
    const waiting = await call('/tasks', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'wait', params: { gate: 'of a protocol' } }),
    });
    const { id } = await waiting.json();
    const lines = await linesOf(await call(`/counters/${id}/lines`));
    expect(lines.some(({ what }) => isTerminal(what))).toBe(false);
  });

  test('lostCursor: a snapshot comes whatever the client has seen', async () => {
    const lines = await linesOf(await count(combine('both', lostCursor()), { Seen: '2' }));
    expect(lines[0]).toMatchObject({ what: 'snapshot' });
  });

  test('htmlInsteadOfStream: a web page comes', async () => {
    const response = await count(htmlInsteadOfStream());
    expect(response.headers.get('Content-Type')).toContain('text/html');
  });

  test('serverErrorOnEnqueue: nothing is started', async () => {
    const { call } = open({ scenario: serverErrorOnEnqueue({ times: 1 }) });
    expect((await call('/counters/3', PUT)).status).toBe(500);
    expect(await (await call('/tasks/number')).json()).toEqual({ number: 0 });
    expect((await call('/counters/3', PUT)).status).toBe(201);
  });
});
