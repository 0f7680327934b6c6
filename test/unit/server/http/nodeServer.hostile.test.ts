import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openRaw, problemOf, say } from '../../../support/server/rawHttp.ts';
import { json, startTestServer, type TestServer } from '../../../support/server/startTestServer.ts';
import { playedEvents } from '../../../support/tasks/playedEvents.ts';

const servers: TestServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(options?: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

const HEAD = 'Host: x.test\r\nAuthorization: Bearer ann\r\n';
const JSON_HEAD = `${HEAD}Content-Type: application/json\r\n`;

describe('what is no request', () => {
  test('headers: 10,000 bytes are taken, 20,000 are 431', async () => {
    const { call, url } = await start();
    expect((await call('/tasks', { headers: { 'X-Long': 'x'.repeat(10_000) } })).status).toBe(200);
    const answer = await say(url, `GET /tasks HTTP/1.1\r\n${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(problemOf(answer)).toMatchObject({
      status: 431,
      problem: { type: 'urn:problem-type:lrt:headers-too-large', status: 431 },
    });
  });

  test.each([
    ['no HTTP', 'HELLO\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00', 400],
    ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a Host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['a path that is none', 'GET \\x HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n', 400],
    ['two lengths', `POST /tasks HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
    [
      'a length and chunks',
      `POST /tasks HTTP/1.1\r\n${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['an odd method', `BREW /tasks HTTP/1.1\r\n${HEAD}\r\n`, 400],
  ])('%s is answered as a problem', async (_, text, status) => {
    const { url } = await start();
    const answer = problemOf(await say(url, text));
    expect(answer).toMatchObject({
      status,
      problem: { status, type: 'urn:problem-type:lrt:invalid-request' },
    });
  });

  test('HTTP/1.0 without a Host is a request', async () => {
    const { url } = await start();
    expect(await say(url, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*{"status":"ok"}$/,
    );
  });
});

describe('a connection that does not get to the point', () => {
  test('a hundred half-open ones disturb nobody, and are closed', async () => {
    const { call, url } = await start({ bounds: { headersSeconds: 1 } });
    const connections = await Promise.all(Array.from({ length: 100 }, () => openRaw(url)));
    for (const { send } of connections.slice(0, 50)) send('GET /tasks HTTP/1.1\r\nHost: x');
    expect((await call('/tasks')).status).toBe(200);
    const said = await Promise.all(connections.map(({ closed }) => closed));
    expect(said.every((text) => text === '' || problemOf(text).status === 408)).toBe(true);
    expect((await call('/tasks')).status).toBe(200);
  });

  test('one header after the other (slow loris) is 408', async () => {
    const { url } = await start({ bounds: { headersSeconds: 1 } });
    const { send, closed, socket } = await openRaw(url);
    send('GET /tasks HTTP/1.1\r\n');
    const timer = setInterval(() => socket.writable && send('X-More: 1\r\n'), 50);
    expect(problemOf(await closed).problem).toMatchObject({ type: 'urn:problem-type:lrt:request-timeout' });
    clearInterval(timer);
  });

  test.each(['Content-Length: 1000', 'Transfer-Encoding: chunked'])(
    'a body that comes in drops is 408 (%s)',
    async (framing) => {
      const { url, log, call } = await start({ bounds: { headersSeconds: 0.5, requestSeconds: 1 } });
      const { send, closed, socket } = await openRaw(url);
      send(`POST /tasks HTTP/1.1\r\n${JSON_HEAD}${framing}\r\n\r\n`);
      const drop = framing.startsWith('C') ? ' ' : '1\r\n \r\n';
      const timer = setInterval(() => socket.writable && send(drop), 50);
      const started = performance.now();
      const { status, problem } = problemOf(await closed);
      clearInterval(timer);
      expect(performance.now() - started).toBeLessThan(5_000);
      expect(status).toBe(408);
      expect(problem).toMatchObject({ type: 'urn:problem-type:lrt:request-timeout', status: 408 });
      expect(log.filter(({ level }) => level === 'error')).toEqual([]);
      expect((await call('/tasks')).status).toBe(200);
    },
  );

  test('a body in chunks that are none is 400', async () => {
    const { url } = await start();
    const text = `POST /tasks HTTP/1.1\r\n${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\nno length\r\n`;
    expect(problemOf(await say(url, text)).status).toBe(400);
  });

  test('a body that is late for a request that was answered cuts the connection', async () => {
    const { url } = await start({ bounds: { headersSeconds: 0.5, requestSeconds: 1 } });
    const { send, closed } = await openRaw(url);
    send(`POST /tasks HTTP/1.1\r\n${HEAD}Content-Type: text/plain\r\nContent-Length: 10\r\n\r\n`);
    // One answer: that the type is wrong.
    expect((await closed).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 415']);
  });

  test('more of them than there may be are turned away; as soon as there is room others come in', async () => {
    const { call, url } = await start({ bounds: { connections: 3 } });
    const held = await Promise.all([openRaw(url), openRaw(url), openRaw(url)]);
    expect(await (await openRaw(url)).closed).toBe('');
    for (const { socket } of held) socket.destroy();
    await vi.waitFor(async () => expect((await call('/tasks')).status).toBe(200));
  });
});

describe('bodies', () => {
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

  test('larger than they say they may be are refused before they are sent', async () => {
    const { url } = await start();
    const { send, received, socket } = await openRaw(url);
    send(`POST /tasks HTTP/1.1\r\n${JSON_HEAD}Content-Length: 2000000\r\nConnection: close\r\n\r\n{`);
    await vi.waitFor(() => expect(received()).toContain('body-too-large'));
    expect(received()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  test('in chunks without an end are refused at 1 MB', async () => {
    const { url, call } = await start();
    const { socket, send, received, closed } = await openRaw(url);
    send(`POST /tasks HTTP/1.1\r\n${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    let open = true;
    void closed.then(() => {
      open = false;
    });
    const piece = chunk(' '.repeat(10_000));
    while (open && !received().includes('body-too-large')) {
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), closed]);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(received()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
    expect((await call('/tasks')).status).toBe(200);
  });

  test.each([
    ['{"name":"count","par', 'application/json', 400],
    ['{"name":"count","params":{"to":1}}', 'text/plain', 415],
    ['{"name":"count","params":{"to":1}}', 'multipart/form-data; boundary=x', 415],
    ['name=count', 'application/x-www-form-urlencoded', 415],
    ['{"name":"count","params":{"to":1e400}}', 'application/json', 400],
  ])('%j as %s is %d', async (body, type, status) => {
    const { call } = await start();
    const response = await call('/tasks', { method: 'POST', body, headers: { 'Content-Type': type } });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  test('whose sender vanishes in their midst are no error of ours', async () => {
    let begun = 0;
    const { url, log, call } = await start({
      authenticate() {
        begun += 1;
        return { owner: 'ann' };
      },
    });
    for (const framing of ['Content-Length: 1000', 'Transfer-Encoding: chunked']) {
      const { socket, send } = await openRaw(url);
      const before = begun;
      send(`POST /tasks HTTP/1.1\r\n${JSON_HEAD}${framing}\r\nX-Request-Id: gone\r\n\r\n`);
      send(framing.startsWith('C') ? '{"name":' : chunk('{"name":'));
      await vi.waitFor(() => expect(begun).toBe(before + 1));
      socket.resetAndDestroy();
    }
    await vi.waitFor(() =>
      expect(log.filter(({ fields }) => fields.requestId === 'gone').length).toBeGreaterThanOrEqual(2),
    );
    expect(log.filter(({ level }) => level === 'error')).toEqual([]);
    expect((await (await call('/tasks')).json()).tasks).toEqual([]);
  });
});

describe('an event stream', () => {
  const draw = json({ name: 'count', params: { to: 10_000, draw: true } });

  test('that is not read is cut off, while others get all of it; nothing piles up for it', async () => {
    // Node cuts a connection off after one to two times these seconds.
    const { call, url, app } = await start({ bounds: { stalledSeconds: 1.5 } });
    // So many snapshots, logs and features that no kernel buffer holds them.
    const tasks = await Promise.all(
      Array.from({ length: 8 }, async () => (await (await call('/tasks', draw)).json()).id),
    );
    const cursors = Object.fromEntries(tasks.map((id) => [id, null]));
    const body = JSON.stringify({ cursors });
    const slow = await openRaw(url);
    slow.socket.pause();
    slow.send(`POST /tasks/events HTTP/1.1\r\n${JSON_HEAD}Content-Length: ${body.length}\r\n\r\n${body}`);
    const left = new Promise((resolve) => slow.socket.once('close', resolve));
    const reader = await call('/tasks/events', json({ cursors }));
    const text = reader.text();
    expect((await text).match(/^event: succeeded$/gm)).toHaveLength(8);
    await vi.waitFor(() => expect(app.streamsOpen).toBe(0), { timeout: 30_000 });
    slow.socket.resume();
    await left;
    expect(slow.received().match(/^event: succeeded$/gm)?.length ?? 0).toBeLessThan(8);
  }, 60_000);

  test('tells an accident in its midst to the operator, and cuts the client off', async () => {
    const { call, engine, log } = await start();
    const { id } = await (await call('/tasks', json({ name: 'wait', params: { gate: 'never' } }))).json();
    const secret = new Error('password=hunter2');
    const played = playedEvents();
    played.fail(secret);
    vi.spyOn(engine, 'events').mockReturnValue(played.events);
    const text = await call(`/tasks/${id}/events`).then(
      (response) => response.text(),
      () => 'cut',
    );
    expect(text).not.toContain('hunter2');
    expect(log.filter(({ level }) => level === 'error').map(({ fields }) => fields.err)).toEqual([secret]);
  });
});

describe('shutting down', () => {
  test('ends streams, lets requests finish, takes no more connections', async () => {
    const { call, url, server, engine, app } = await start();
    const { id } = await (await call('/tasks', json({ name: 'wait', params: { gate: 'never' } }))).json();
    const stream = await call(`/tasks/${id}/events`);
    const streamed = stream.text();
    // A connection that is kept, and a request that takes its time.
    const kept = await openRaw(url);
    let answerLate = () => {};
    const late = new Promise<void>((resolve) => {
      answerLate = resolve;
    });
    const list = engine.list.bind(engine);
    vi.spyOn(engine, 'list').mockImplementationOnce(async (...args) => {
      await late;
      return list(...args);
    });
    const slow = call('/tasks');
    kept.send(`GET /healthz HTTP/1.1\r\n${HEAD}\r\n`);
    await vi.waitFor(() => expect(kept.received()).toContain('{"status":"ok"}'));
    await vi.waitFor(() => expect(engine.list).toHaveBeenCalled());

    const closed = server.close({ drainSeconds: 20 });
    // The end of a stream, not a cut: the client goes to another server.
    expect(await streamed).toContain('event: snapshot');
    expect(app.streamsOpen).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    answerLate();
    const response = await slow;
    expect(response.status).toBe(200);
    expect((await response.json()).tasks).toHaveLength(1);
    await closed;
    await kept.closed;
  });

  test('is not ready any more, and closes kept connections with their next answer', async () => {
    const { call, url, server, engine } = await start();
    const list = engine.list.bind(engine);
    let answerLate = () => {};
    vi.spyOn(engine, 'list').mockImplementationOnce(async (...args) => {
      await new Promise<void>((resolve) => {
        answerLate = resolve;
      });
      return list(...args);
    });
    // On the way when the server begins to drain; what comes after it on the same connection is still answered.
    const kept = await openRaw(url);
    kept.send(`GET /tasks HTTP/1.1\r\n${HEAD}\r\n`);
    await vi.waitFor(() => expect(engine.list).toHaveBeenCalled());
    const closed = server.close({ drainSeconds: 20 });
    kept.send(`GET /readyz HTTP/1.1\r\n${HEAD}\r\n`);
    answerLate();
    const text = await kept.closed;
    expect(text).toMatch(/HTTP\/1\.1 503 [\s\S]*shutting down/);
    expect(text).toMatch(/connection: close/i);
    await closed;
    await expect(call('/tasks')).rejects.toThrow();
  });

  test('answers for its time of notice as before, and each answer closes its connection; idle ones are left to the other end', async () => {
    const { url, server } = await start();
    const answered = async (connection: Awaited<ReturnType<typeof openRaw>>, times: number) => {
      connection.send(`GET /tasks HTTP/1.1\r\n${HEAD}\r\n`);
      await vi.waitFor(() => expect(connection.received().match(/HTTP\/1\.1 200 /g)).toHaveLength(times));
    };
    const [idle, used] = await Promise.all([openRaw(url), openRaw(url)]);
    await answered(idle, 1);
    await answered(used, 1);
    expect(used.received()).not.toMatch(/connection: close/i);
    const closed = server.close({ noticeSeconds: 1, drainSeconds: 20 });
    let isNotice = true;
    void closed.then(() => {
      isNotice = false;
    });
    await answered(used, 2);
    expect(await used.closed).toMatch(/connection: close/i);
    // One that was opened during the notice.
    expect(await say(url, `GET /tasks HTTP/1.1\r\n${HEAD}\r\n`)).toMatch(/200 [\s\S]*connection: close/i);
    expect(isNotice).toBe(true);
    expect(idle.socket.readyState).toBe('open');
    await closed;
    await idle.closed;
  });

  test('refuses a stream that is opened during the notice, so that a proxy asks another server', async () => {
    const { call, server } = await start();
    const { id } = await (await call('/tasks', json({ name: 'wait', params: { gate: 'never' } }))).json();
    const closed = server.close({ noticeSeconds: 1, drainSeconds: 20 });
    const response = await call(`/tasks/${id}/events`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect((await response.json()).detail).toContain('shutting down');
    // A poll that would wait is answered as it is.
    const { seq } = await (await call(`/tasks/${id}`)).json();
    const poll = await call(`/tasks/${id}?wait=30&after=${seq}`);
    expect([poll.status, (await poll.json()).status]).toEqual([200, 'running']);
    await closed;
  });

  test('an answer whose head is not sent yet closes its connection', async () => {
    const { url, server, engine } = await start();
    const list = engine.list.bind(engine);
    const { promise: late, resolve: answerLate } = Promise.withResolvers<void>();
    vi.spyOn(engine, 'list').mockImplementationOnce(async (...args) => {
      await late;
      return list(...args);
    });
    const answer = say(url, `GET /tasks HTTP/1.1\r\n${HEAD}\r\n`);
    await vi.waitFor(() => expect(engine.list).toHaveBeenCalled());
    const closed = server.close({ noticeSeconds: 0.1, drainSeconds: 20 });
    answerLate();
    expect(await answer).toMatch(/200 [\s\S]*connection: close/i);
    await closed;
  });

  test('cuts what does not finish in time', async () => {
    const { url, server } = await start();
    const stuck = await openRaw(url);
    stuck.send(`POST /tasks HTTP/1.1\r\n${JSON_HEAD}Content-Length: 10\r\n\r\n`);
    await server.close({ drainSeconds: 0.05 });
    await stuck.closed;
  });
});

test('an expectation is no reason to refuse', async () => {
  const { url } = await start();
  const request = httpRequest(`${url}/healthz`, { headers: { Expect: 'the-unexpected' } });
  request.end();
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(200);
  response.resume();
});
