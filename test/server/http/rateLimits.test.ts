import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { createRateLimits, type RateLimits } from '../../../server/src/http/rateLimits.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

let prefixes = 0;
const newPrefix = () => `test-limits-${process.pid}-${prefixes++}`;

function open(
  url: string,
  prefix: string,
  { onLost = (_: unknown) => {}, requestsPerSecond = 0.5 } = {},
): RateLimits {
  const limits = createRateLimits({ requestsPerSecond, redis: { url, prefix } }, onLost);
  opened.push(limits);
  return limits;
}

/** A line to Redis that can be cut, and mended. */
async function startLine(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const other = connect(Number(port), hostname);
    for (const end of [socket, other]) {
      sockets.add(end);
      end.on('error', () => {});
      end.once('close', () => {
        sockets.delete(end);
        socket.destroy();
        other.destroy();
      });
    }
    socket.pipe(other).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  const line = {
    url: Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(own) }).href,
    /** Whoever is on the line hears nothing more, and does not know. */
    freeze() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  opened.push(line);
  return line;
}

const limited = expect.objectContaining({ error: expect.objectContaining({ code: 'rate-limited' }) });

/** How many of an owner's requests go through before one is refused, on servers in turn. */
async function allowed(servers: RateLimits[], owner: string): Promise<number> {
  for (let n = 0; n < 300; n++) {
    try {
      await servers[n % servers.length]?.take(owner, false);
    } catch (error) {
      expect(error).toEqual(limited);
      return n;
    }
  }
  throw new Error('no limit');
}

/** The connection is made in the background. */
async function untilShared(servers: RateLimits[]): Promise<void> {
  let n = 0;
  await vi.waitFor(async () => expect(await allowed(servers, `probe ${n++}`)).toBe(5), { timeout: 10_000 });
}

test('hold over all servers together', async () => {
  const prefix = newPrefix();
  const servers = [open(inject('redisUrl'), prefix), open(inject('redisUrl'), prefix)];
  await untilShared(servers);
  expect(await allowed(servers, 'ann')).toBe(5);
  expect(await allowed(servers, 'bob')).toBe(5);
});

test('hold over all servers together where most requests do not wait to be counted, but for those under way', async () => {
  const prefix = newPrefix();
  const both = () => open(inject('redisUrl'), prefix, { requestsPerSecond: 20 });
  const servers = [both(), both()];
  let n = 0;
  await vi.waitFor(
    async () => {
      const count = await allowed(servers, `probe ${n++}`);
      expect(count).toBeGreaterThanOrEqual(200);
      expect(count).toBeLessThanOrEqual(240);
    },
    { timeout: 10_000 },
  );
});

test.each(['cut', 'frozen'])(
  'hold for each server alone while the line to Redis is %s; it is said once',
  async (way) => {
    const line = await startLine(inject('redisUrl'));
    const onLost = vi.fn();
    const prefix = newPrefix();
    const servers = [open(line.url, prefix, { onLost }), open(inject('redisUrl'), prefix)];
    await untilShared(servers);
    if (way === 'cut') await line.close();
    else line.freeze();
    const [cutOff] = servers;
    expect(cutOff && (await allowed([cutOff], 'ann'))).toBe(5);
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1));
  },
);
