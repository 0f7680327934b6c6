import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, createBackend } from '../../backend/app.ts';
import type { NetworkStore } from '../../backend/network/NetworkStore.ts';
import type { TaskEngine } from '../../backend/tasks/TaskEngine.ts';
import { openApiChecker } from '../support/http/openApiChecker.ts';
import { reference } from '../support/tasks/blueprintTasks.ts';
import { blueprintOf, SEED_BODY } from '../support/tasks/seedBlueprint.ts';

/** An engine with test/support/tasks/blueprintTasks.ts. */
export interface WorkflowsHost {
  engine: TaskEngine;
  store: NetworkStore;
}

/** What every backend does with the calls of the concurrent service template's orchestrator. */
export function declareWorkflowsProtocolContract(name: string, open: () => Promise<WorkflowsHost>): void {
  describe(`workflows protocol over ${name}`, () => {
    let engine: TaskEngine;
    let backend: Backend;
    beforeAll(async () => {
      const host = await open();
      engine = host.engine;
      backend = createBackend({
        ...host,
        basePath: '/api',
        authenticate: (request) => ({ owner: request.headers.get('authorization') ?? 'me' }),
      });
    });
    afterAll(() => engine.close());
    const checker = openApiChecker('/api');

    async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const request = new Request(`http://backend.test/api${path}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const response = await backend.fetch(request);
      await (await checker).check(request, response);
      return { status: response.status, body: await response.json() };
    }

    async function start(containers: Parameters<typeof blueprintOf>[0], more: object = {}) {
      const answer = await call('POST', '/workflows', { blueprint: blueprintOf(containers), ...more });
      expect(answer).toMatchObject({ status: 200, body: { status: 'running' } });
      return `/workflows/${answer.body.workflow_id}`;
    }
    const statusOf = async (path: string) => (await call('GET', path)).body.status;
    const ended = (path: string, status: string) => expect.poll(() => statusOf(path)).toBe(status);

    test('a blueprint runs: outputs become inputs, and tasks are named by container and operation', async () => {
      const path = await start({
        a: { Produce: ['c:Count'] },
        b: { Produce: ['c:Count'] },
        c: { Count: [] },
      });
      await ended(path, 'completed');
      const { body } = await call('GET', path);
      expect(body).toMatchObject({ name: 'Test', error: null, progress: 100 });
      const { body: list } = await call('GET', `${path}/tasks`);
      expect(list.workflow_id).toBe(body.workflow_id);
      expect(list.tasks).toMatchObject([
        { node_key: 'a:Produce', status: 'completed', input_refs: [], output_refs: [reference('produced')] },
        { node_key: 'b:Produce', status: 'completed', output_refs: [reference('produced')] },
        {
          node_key: 'c:Count',
          status: 'completed',
          input_refs: [reference('produced'), reference('produced')],
        },
      ]);
      const [, , last] = list.tasks;
      // A result that is no reference is at the address of its task.
      expect(last.output_refs).toEqual([
        { protocol: 'lrt', uri: `/api/tasks/${last.lrt_task_id}`, format: 'json' },
      ]);
      expect((await call('GET', `/tasks/${last.lrt_task_id}`)).body.result).toEqual({ inputs: 2 });
      expect((await call('GET', `${path}/tasks/c:Count`)).body).toEqual(last);
      expect((await call('GET', `${path}/tasks/${last.lrt_task_id}`)).body).toEqual(last);
    });

    test('the inputs of a workflow go to the nodes that wait for none', async () => {
      const path = await start(
        { a: { Count: ['b:Count'] }, b: { Count: [] } },
        { inputs: [reference('given')] },
      );
      await ended(path, 'completed');
      const { tasks } = (await call('GET', `${path}/tasks`)).body;
      expect(tasks[0].input_refs).toEqual([reference('given')]);
      expect(tasks[1].input_refs).toEqual([]);
    });

    test('a node that fails fails the workflow by name, what depends on it is skipped, other outputs are kept', async () => {
      const path = await start({
        a: { Fail: ['c:Count'], Produce: ['b:Strict'] },
        b: { Strict: [] },
        c: { Count: [] },
      });
      await ended(path, 'failed');
      const { body } = await call('GET', path);
      expect(body.error).toMatch(/^Node "(a:Fail|b:Strict)" failed: /);
      const { tasks } = (await call('GET', `${path}/tasks`)).body;
      expect(tasks).toMatchObject([
        { node_key: 'a:Fail', status: 'failed', error: 'There is no data' },
        { node_key: 'a:Produce', status: 'completed', output_refs: [reference('produced')] },
        // Its params were refused, so it has no task.
        { node_key: 'b:Strict', status: 'failed', lrt_task_id: null, error: expect.stringMatching(/inputs/) },
        { node_key: 'c:Count', status: 'skipped', lrt_task_id: null, error: null },
      ]);
    });

    test('a workflow is cancelled with what runs of it, and says who it was', async () => {
      const path = await start({ a: { Hold: ['b:Count'] }, b: { Count: [] } });
      await expect.poll(async () => (await call('GET', `${path}/tasks/a:Hold`)).body.status).toBe('running');
      expect((await call('GET', `${path}/tasks`)).body.tasks[1]).toMatchObject({
        task_id: 'b:Count',
        status: 'pending',
      });
      expect((await call('POST', `${path}/cancel`)).status).toBe(200);
      await ended(path, 'failed');
      expect((await call('GET', path)).body.error).toBe('The workflow was cancelled by me');
      await expect.poll(async () => (await call('GET', `${path}/tasks/a:Hold`)).body.status).toBe('failed');
      expect((await call('POST', `${path}/cancel`)).status).toBe(409);
    });

    test('delete stops a workflow and removes it with its tasks, and one that has ended too', async () => {
      const path = await start({ a: { Hold: [] } });
      await expect.poll(async () => (await call('GET', `${path}/tasks/a:Hold`)).body.status).toBe('running');
      const { lrt_task_id } = (await call('GET', `${path}/tasks/a:Hold`)).body;
      const both = await Promise.all([call('DELETE', path), call('DELETE', path)]);
      expect(both.map(({ status }) => status).sort()[0]).toBe(200);
      expect((await call('GET', path)).status).toBe(404);
      expect((await call('GET', `/tasks/${lrt_task_id}`)).status).toBe(404);
      expect((await call('DELETE', path)).body.detail).toMatch(/no workflow with the id/);
      const short = await start({ a: { Count: [] } });
      await ended(short, 'completed');
      expect(await call('DELETE', short)).toEqual({ status: 200, body: { status: 'deleted' } });
    });

    test('workflows are listed page by page, the newest first, and only those of the caller', async () => {
      const first = await start({ a: { Count: [] } });
      const second = await start({ b: { Count: [] } });
      const page = (await call('GET', '/workflows?limit=1')).body;
      expect(`/workflows/${page.workflows[0].workflow_id}`).toBe(second);
      const next = (await call('GET', `/workflows?limit=1&cursor=${encodeURIComponent(page.next_cursor)}`))
        .body;
      expect(`/workflows/${next.workflows[0].workflow_id}`).toBe(first);
      const other = { authorization: 'other' };
      expect((await call('GET', '/workflows', undefined, other)).body).toEqual({
        workflows: [],
        next_cursor: null,
      });
      for (const [method, path] of [
        ['GET', second],
        ['GET', `${second}/tasks`],
        ['DELETE', second],
        ['POST', `${second}/cancel`],
      ] as const) {
        expect((await call(method, path, undefined, other)).status).toBe(404);
      }
    });

    test('the same Idempotency-Key starts one workflow, also four times at once', async () => {
      const body = { blueprint: blueprintOf({ a: { Count: [] } }) };
      const headers = { 'idempotency-key': 'once' };
      const answers = await Promise.all([1, 2, 3, 4].map(() => call('POST', '/workflows', body, headers)));
      expect(new Set(answers.map(({ body: { workflow_id } }) => workflow_id)).size).toBe(1);
      const other = { blueprint: blueprintOf({ a: { Produce: [] } }) };
      expect((await call('POST', '/workflows', other, headers)).status).toBe(409);
    });

    test.each<[string, unknown, RegExp]>([
      ['no body', {}, /"blueprint" must be an object/],
      ['another type', { blueprint: { ...SEED_BODY.blueprint, type: 'x' } }, /"blueprint.type" must be/],
      [
        'a container without an address',
        { blueprint: SEED_BODY.blueprint },
        /misses container "my-service", which node "my-service:LongProcess"/,
      ],
      [
        'a service on a server that calls none',
        SEED_BODY,
        /Node "my-service:LongProcess": This server calls no services/,
      ],
      [
        'inputs that are no list',
        { blueprint: blueprintOf({ a: { Count: [] } }), inputs: 'x' },
        /"inputs" must be a list/,
      ],
      [
        'a cycle',
        { blueprint: blueprintOf({ a: { Count: ['b:Count'] }, b: { Count: ['a:Count'] } }) },
        /waits for itself/,
      ],
    ])('%s is refused with a detail that names it, and nothing is queued', async (_, body, detail) => {
      const refused = { authorization: 'refused' };
      const answer = await call('POST', '/workflows', body, refused);
      expect(answer.status).toBe(400);
      expect(answer.body.detail).toMatch(detail);
      expect((await call('GET', '/tasks', undefined, refused)).body.tasks).toEqual([]);
    });

    test('a task that is no workflow, and nonsense, are not found', async () => {
      const { body: task } = await call('POST', '/tasks', { name: 'Strict', params: {} });
      for (const path of [
        `/workflows/${task.id}`,
        '/workflows/x',
        '/workflows/x/tasks',
        '/workflows/x/tasks/y',
      ]) {
        const { status, body } = await call('GET', path);
        expect([status, typeof body.detail]).toEqual([404, 'string']);
      }
      const path = await start({ a: { Count: [] } });
      expect((await call('GET', `${path}/tasks/__proto__`)).status).toBe(404);
    });
  });
}
