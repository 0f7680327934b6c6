import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { TaskRefusal } from '../../../../backend/common/TaskRefusal.ts';
import { startServer } from '../../../../server/src/http/nodeServer.ts';
import { openReflexSocket } from '../../../docs/reflexSocket.ts';
import { openRaw, say } from '../../../support/server/rawHttp.ts';
import { json, startTestServer, type TestServer } from '../../../support/server/startTestServer.ts';

/** The machine may be busy with other tests. */
const SOON = { timeout: 15_000 };
const PATH = '/reflex/ws/tasks/ann';
const servers: Pick<TestServer, 'close'>[] = [];
const clients: WebSocket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options?: Parameters<typeof startTestServer>[0]) {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

interface ClientOptions {
  headers?: Record<string, string>;
  protocols?: string[];
  autoPong?: boolean;
}

/** A client that says what became of it: `status` of a refused handshake, `code` of the close, and its messages. */
function open(url: string, { headers, protocols = [], autoPong = true }: ClientOptions = {}) {
  const client = new WebSocket(url.replace(/^http/, 'ws'), protocols, {
    headers: headers ?? { Authorization: 'Bearer ann' },
    autoPong,
  });
  clients.push(client);
  const messages: string[] = [];
  client.on('message', (data) => messages.push(String(data)));
  client.on('error', () => {});
  const opened = new Promise<void>((resolve) => client.once('open', resolve));
  const status = new Promise<number | undefined>((resolve) => {
    client.once('unexpected-response', (request, response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    client.once('open', () => resolve(101));
  });
  const code = new Promise<number>((resolve) => client.once('close', resolve));
  return { client, messages, opened, status, code };
}

/** The head of a handshake, to be sent as it is. */
function handshake(path: string, changes: Record<string, string | undefined> = {}): string {
  const headers = {
    Host: 'x.test',
    Authorization: 'Bearer ann',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...changes,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

describe('the handshake', () => {
  test('needs credentials, which a page sends as a protocol that the server does not repeat', async () => {
    const { url, log } = await start();
    expect(await open(url + PATH, { headers: {} }).status).toBe(401);
    const token = Buffer.from('ann').toString('base64url');
    const page = open(url + PATH, { headers: {}, protocols: ['lrt', `bearer.${token}`] });
    await page.opened;
    expect(page.client.protocol).toBe('lrt');
    expect(JSON.stringify(log)).not.toContain(token);
    expect(log.at(-1)?.fields).toMatchObject({ path: PATH, owner: 'ann' });
  });

  test.each(['bearer.', 'bearer.%%%', 'bearer.AAAA', 'bearer.YQpi', 'Bearer.YW5u'])(
    'takes the protocol %s for no token',
    async (protocol) => {
      const { url } = await start();
      const answer = await say(
        url,
        handshake(PATH, { Authorization: undefined, 'Sec-WebSocket-Protocol': `lrt, ${protocol}` }),
      );
      expect(answer).toMatch(/^HTTP\/1.1 401 /);
      expect(answer).toContain('application/problem+json');
    },
  );

  test('is refused to pages of other origins, whose browser would send what signs the user in', async () => {
    const { url } = await start({ cors: { origins: ['https://gis.example'] } });
    const from = (origin: string) =>
      open(url + PATH, { headers: { Authorization: 'Bearer ann', Origin: origin } }).status;
    expect(await from('https://evil.example')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from('https://gis.example')).toBe(101);
    expect(await from(url)).toBe(101);
    expect(await from(url.replace('http:', 'https:'))).toBe(101);
  });

  test('counts as a request and as a stream of its owner', async () => {
    const { url, app } = await start({ limits: { requestsPerSecond: 1_000, streamsPerOwner: 2 } });
    const [first] = [open(url + PATH), open(url + PATH)];
    await vi.waitFor(() => expect(app.streamsOpen).toBe(2), SOON);
    expect(await open(url + PATH).status).toBe(429);
    expect(await open(url + PATH, { headers: { Authorization: 'Bearer bob' } }).status).toBe(101);
    first?.client.close();
    await vi.waitFor(() => expect(app.streamsOpen).toBe(2), SOON);
    expect(await open(url + PATH).status).toBe(101);
  });

  test.each<[string, string, number]>([
    ['a version that nobody knows', handshake(PATH, { 'Sec-WebSocket-Version': '99' }), 400],
    ['no key', handshake(PATH, { 'Sec-WebSocket-Key': undefined }), 400],
    ['a key that is none', handshake(PATH, { 'Sec-WebSocket-Key': 'short' }), 400],
    ['protocols that are not valid', handshake(PATH, { 'Sec-WebSocket-Protocol': 'a,,b' }), 400],
    ['no host', handshake(PATH, { Host: '' }), 400],
    ['a host that is none', handshake(PATH, { Host: 'a b' }), 400],
    ['a path without a WebSocket', handshake('/tasks/none'), 404],
    ['a path that nobody serves', handshake('/reflex/ws/elsewhere'), 404],
    ['a token that is too long', handshake(`/reflex/ws/tasks/${'x'.repeat(300)}`), 400],
    ['a query', handshake(`${PATH}?token=secret`), 400],
  ])('with %s is answered as HTTP, and leaves nothing behind', async (_, text, status) => {
    const { url, app } = await start();
    const answer = await say(url, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await vi.waitFor(() => expect(app.streamsOpen).toBe(0), SOON);
  });

  test('of a client that leaves in the middle of it leaves nothing behind', async () => {
    let letIn = () => {};
    const waits = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    const { url, app, log } = await start({
      async authenticate() {
        await waits;
        return { owner: 'ann' };
      },
    });
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    socket.write(handshake(PATH));
    await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
    letIn();
    await vi.waitFor(() => expect(log.some(({ message }) => message === 'request')).toBe(true), SOON);
    await vi.waitFor(() => expect(app.streamsOpen).toBe(0), SOON);
  });

  test('for another protocol than websocket is a request like any other', async () => {
    const { url } = await start();
    const connection = await openRaw(url);
    connection.send(
      'GET /healthz HTTP/1.1\r\nHost: x.test\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
    );
    await vi.waitFor(() => expect(connection.received()).toContain('{"status":"ok"}'), SOON);
    connection.send('GET /healthz HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n');
    expect((await connection.closed).match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  });

  test('on a port that takes no WebSockets is a request like any other, as on Node before 24.9', async () => {
    const server = await startServer({
      port: 0,
      webSockets: false,
      fetch: (request) => Response.json({ upgrade: request.headers.get('upgrade') }),
    });
    servers.push(server);
    for (const upgrade of ['h2c', 'websocket']) {
      const connection = await openRaw(server.url);
      connection.send(
        `POST /tasks HTTP/1.1\r\nHost: x.test\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\nContent-Length: 2\r\n\r\n{}`,
      );
      await vi.waitFor(() => expect(connection.received()).toMatch(/^HTTP\/1.1 200 OK/), SOON);
      connection.send('GET / HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n');
      expect((await connection.closed).match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
    }
  });

  test('answers 503 where the identity provider is away', async () => {
    const { url } = await start({
      authenticate() {
        throw new TaskRefusal({ code: 'unavailable', message: 'The keys cannot be had now' });
      },
    });
    expect(await open(url + PATH).status).toBe(503);
  });
});

describe('a client', () => {
  test('that is a page follows its tasks as the documentation shows', async () => {
    const { url, call } = await start();
    const states: unknown[] = [];
    const page = openReflexSocket(url.replace('http', 'ws'), 'ann', (state) => states.push(state));
    const body = json({ name: 'count', params: { to: 1 }, tags: ['reflex:tab-1'] });
    const { id } = await (await call('/tasks', body)).json();
    await vi.waitFor(() =>
      expect(states.at(-1)).toMatchObject({ all_tasks: { [id]: { status: 'FINISHED' } } }),
    );
    page.close();
  });

  test('may say what it likes: the server ignores it, up to a size and a number', async () => {
    const { url, app, call } = await start();
    const talker = open(url + PATH);
    await talker.opened;
    for (const message of ['hello', '{"type":"subscribe"}', '{', '\0', '[]']) talker.client.send(message);
    talker.client.send(Buffer.alloc(16_384));
    await (await call('/tasks', json({ name: 'count', params: { to: 1 } }))).json();
    await vi.waitFor(() => expect(talker.messages.at(-1)).toContain('FINISHED'), SOON);
    expect(talker.messages.every((text) => JSON.parse(text).type === 'state_update')).toBe(true);

    const huge = open(url + PATH);
    await huge.opened;
    huge.client.send(Buffer.alloc(10_000_000));
    expect(await huge.code).toBe(1009);

    const flood = open(url + PATH);
    await flood.opened;
    for (let i = 0; i < 200; i++) flood.client.send('x');
    expect(await flood.code).toBe(1008);
    expect(talker.client.readyState).toBe(talker.client.OPEN);
    await vi.waitFor(() => expect(app.streamsOpen).toBe(1), SOON);
  });

  test.each<[string, Buffer]>([
    ['a frame without a mask', Buffer.from([0x81, 0x01, 0x61])],
    ['a reserved opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ['text that is not UTF-8', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])],
    ['a close code that nobody may send', Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed])],
    ['compression that was not agreed upon', Buffer.from([0xc1, 0x81, 0, 0, 0, 0, 0x61])],
    ['plain HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a length of 2^63', Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ])('that sends %s is cut off, and nothing is left behind', async (_, bytes) => {
    const { url, app } = await start();
    const { client, opened } = open(url + PATH);
    await opened;
    // The library would not send this.
    Reflect.get(client, '_socket').write(bytes);
    await vi.waitFor(() => expect(app.streamsOpen).toBe(0), SOON);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test('that answers no ping is cut off; one that does stays', async () => {
    const bounds = { pingSeconds: 0.02, stalledSeconds: 0.3 };
    const { url, app } = await start({ bounds });
    const dead = open(url + PATH, { autoPong: false });
    const alive = open(url + PATH);
    await Promise.all([dead.opened, alive.opened]);
    expect(await dead.code).toBe(1006);
    await vi.waitFor(() => expect(app.streamsOpen).toBe(1), SOON);
    expect(alive.client.readyState).toBe(alive.client.OPEN);
  });
});

describe('a server that shuts down', () => {
  test('closes every WebSocket with 1001, takes no new one, and does not wait for silent clients', async () => {
    const { url, app, server } = await start();
    const [polite, silent] = [open(url + PATH), open(url + PATH)];
    await Promise.all([polite.opened, silent.opened]);
    Reflect.get(silent.client, '_socket').pause();
    const closed = server.close({ drainSeconds: 30, noticeSeconds: 0.2 });
    expect(await polite.code).toBe(1001);
    expect(await open(url + PATH).status).toBe(503);
    await closed;
    expect(app.streamsOpen).toBe(0);
  });
});
