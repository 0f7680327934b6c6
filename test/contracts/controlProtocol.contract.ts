import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * A host of the control protocol. It has the operations `count` (parameter `to`; its output is `{ counted: to }`), `fail` (parameter
 * `message`), `wait` (parameter `gate`; it reports 10 %, and ends once the gate is open), and `open` (parameter `gate`).
 */
export interface ControlHost {
  /** '/control' follows it. */
  url: string;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): void | Promise<void>;
}

/** What every server of the control protocol does, as the concurrent service template has it. */
export function declareControlProtocolContract(name: string, start: () => Promise<ControlHost>): void {
  describe(`control protocol over ${name}`, () => {
    let host: ControlHost;
    let ids = 0;
    const nextId = () => `task_${++ids}`;
    beforeAll(async () => {
      host = await start();
    });
    afterAll(() => host.close());

    const call = async (path: string, body?: unknown) => {
      const init = {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      };
      const response = await host.fetch(`${host.url}/control/${path}`, body === undefined ? {} : init);
      return { status: response.status, body: await response.json() };
    };
    const execute = (method: string, parameters: object, task_id = nextId(), more: object = {}) =>
      call('execute', { method, workflow_id: 'wf-1', task_id, inputs: [], parameters, ...more });
    const open = (gate: string) => execute('open', { gate });
    const ended = (id: string) =>
      expect.poll(async () => (await call(`status/${id}`)).body.status).not.toBe('running');
    const inline = (value: unknown) => ({
      protocol: 'inline',
      uri: Buffer.from(JSON.stringify(value)).toString('base64'),
      format: 'json',
    });

    it('runs an operation: execute, status, output, under the id of the caller', async () => {
      const id = nextId();
      const answer = await execute('count', { to: 3 }, id);
      expect(answer).toMatchObject({ status: 200, body: { task_id: id, error: null } });
      expect(['running', 'complete']).toContain(answer.body.status);
      await ended(id);
      const status = await call(`status/${id}`);
      expect(status.body).toMatchObject({ status: 'complete', progress: 100, error: null });
      expect(await call(`output/${id}`)).toEqual({ status: 200, body: { output: inline({ counted: 3 }) } });
    });

    it('says how far a task is, and has no output before its end', async () => {
      const id = nextId();
      await execute('wait', { gate: `${name} progress` }, id);
      await expect
        .poll(async () => (await call(`status/${id}`)).body)
        .toMatchObject({ status: 'running', progress: 10 });
      const early = await call(`output/${id}`);
      expect(early).toMatchObject({ status: 400, body: { detail: expect.stringContaining('not complete') } });
      await open(`${name} progress`);
      await ended(id);
      expect((await call(`output/${id}`)).status).toBe(200);
    });

    it('runs once, however often the same id is executed at the same time and later', async () => {
      const id = nextId();
      const gate = `${name} once`;
      const answers = await Promise.all([1, 2, 3, 4].map(() => execute('wait', { gate }, id)));
      expect(answers.map(({ body }) => body)).toEqual(
        Array(4).fill({ ...answers[0]?.body, status: 'running', task_id: id }),
      );
      await open(gate);
      await ended(id);
      expect((await execute('wait', { gate }, id)).body).toMatchObject({ status: 'complete', task_id: id });
    });

    it('refuses an id that a running task of another workflow has, and gives it away once that has ended', async () => {
      const id = nextId();
      const gate = `${name} other`;
      await execute('wait', { gate }, id);
      const refused = await execute('count', { to: 1 }, id, { workflow_id: 'wf-2' });
      expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(id) } });
      await open(gate);
      await ended(id);
      await execute('count', { to: 1 }, id, { workflow_id: 'wf-2' });
      await expect
        .poll(async () => (await call(`output/${id}`)).body)
        .toEqual({ output: inline({ counted: 1 }) });
    });

    it('a task that throws has failed, with the reason, and has no output', async () => {
      const id = nextId();
      await execute('fail', { message: 'no such pole' }, id);
      await ended(id);
      expect((await call(`status/${id}`)).body).toMatchObject({
        status: 'failed',
        error: expect.stringContaining('no such pole'),
      });
      expect((await call(`output/${id}`)).status).toBe(400);
    });

    it('cancels', async () => {
      const id = nextId();
      await execute('wait', { gate: `${name} never` }, id);
      await expect.poll(async () => (await call(`status/${id}`)).body.progress).toBe(10);
      expect((await call(`cancel/${id}`, {})).status).toBe(200);
      await ended(id);
      expect((await call(`status/${id}`)).body).toMatchObject({
        status: 'failed',
        error: 'The task was cancelled',
      });
    });

    it('lists its operations', async () => {
      const { operations } = (await call('operations')).body;
      const names = operations.map(({ operation_name }: { operation_name: string }) => operation_name);
      expect(names).toEqual(expect.arrayContaining(['count', 'fail', 'wait']));
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['an unknown operation', { method: 'nope', task_id: 'x1' }, /nope/],
      ['no operation', { task_id: 'x2' }, /"method"/],
      ['no id', { method: 'count' }, /"task_id"/],
      ['an id with a slash', { method: 'count', task_id: 'a/b' }, /"task_id"/],
      ['inputs that are no list', { method: 'count', task_id: 'x3', inputs: 'all' }, /"inputs"/],
      ['parameters that are no object', { method: 'count', task_id: 'x4', parameters: [1] }, /"parameters"/],
    ])('refuses %s, and keeps nothing of it', async (_, body, detail) => {
      expect(await call('execute', body)).toMatchObject({
        status: 400,
        body: { detail: expect.stringMatching(detail) },
      });
      const { task_id: id = 'x0' } = body;
      expect((await call(`status/${encodeURIComponent(`${id}`)}`)).status).toBeOneOf([400, 404]);
    });

    it('knows nothing of a task that it was not given', async () => {
      for (const path of ['status/ghost', 'output/ghost']) {
        expect(await call(path)).toMatchObject({ status: 404, body: { detail: expect.any(String) } });
      }
      expect((await call('cancel/ghost', {})).status).toBe(404);
    });
  });
}
