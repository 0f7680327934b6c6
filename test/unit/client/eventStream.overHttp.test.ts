import { expect, onTestFinished, test, vi } from 'vitest';
import { followStream, type Reported } from '../../support/client/followStream.ts';
import { type Script, startScriptedEventServer } from '../../support/client/scriptedEventServer.ts';

/** Whole journeys over real sockets. eventStream.server.test.ts has each fault alone. */

async function serve(...scripts: Script[]) {
  const server = await startScriptedEventServer(...scripts);
  onTestFinished(server.close);
  return { requests: server.requests, address: `${server.url}/events` };
}

const numbers = ({ events }: Reported) => events.map(({ data }) => Number(data));

test.each(['reset', 'end'] as const)(
  'a line that is cut again and again (%s), in the midst of an event, loses nothing and doubles nothing',
  async (how) => {
    const TOTAL = 30;
    let cut = () => {};
    const { requests, address } = await serve((connection, { headers }) => {
      const seen = Number(headers['last-event-id'] ?? 0);
      for (let id = seen + 1; id <= seen + 5; id++) connection.event(id);
      connection.send(`id: ${seen + 6}\ndata: ${seen + 6}\n`);
      cut = connection[how];
    });
    const reported = followStream(address, {
      cursorParam: 'after',
      isTerminal: ({ data }) => Number(data) === TOTAL,
      // Only once the five have arrived: a reset throws away what is under way.
      onEvent: ({ data }) => Number(data) % 5 === 0 && cut(),
    });
    await vi.waitFor(() => expect(reported.log).toContain('closed'), { timeout: 10_000 });
    expect(numbers(reported)).toEqual(Array.from({ length: TOTAL }, (_, i) => i + 1));
    const cursors = ['5', '10', '15', '20', '25'];
    expect(requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, ...cursors]);
    expect(requests.map(({ url }) => url)).toEqual([
      '/events',
      ...cursors.map((cursor) => `/events?after=${cursor}`),
    ]);
    // Each connection brought something, so none of the retries was a slow one.
    expect(Math.max(...reported.pauses)).toBeLessThanOrEqual(100);
    expect(reported.errors).toEqual([]);
    await vi.waitFor(() => expect(requests.every(({ closed }) => closed)).toBe(true));
  },
);

test('a cursor of any letters arrives as UTF-8 bytes in the header, and escaped in the query', async () => {
  const id = 'Köln 東京 🚆&x=1';
  const { requests, address } = await serve(
    (connection) => {
      connection.send(`id: ${id}\ndata: 1\n\n`);
      connection.end();
    },
    (connection) => connection.head(),
  );
  followStream(`${address}?task=7`, { cursorParam: 'after' });
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  const header = requests[1]?.headers['last-event-id'];
  expect(Buffer.from(String(header), 'latin1').toString()).toBe(id);
  const { searchParams } = new URL(requests[1]?.url ?? '', address);
  expect(Object.fromEntries(searchParams)).toEqual({ task: '7', after: id });
});

test('a POST tells its newest cursors on each connection', async () => {
  const { requests, address } = await serve(
    (connection) => {
      connection.event(1);
      connection.event(2);
      connection.end();
    },
    (connection) => connection.event(3),
  );
  const reported: Reported = followStream(address, {
    body: () => JSON.stringify({ seen: numbers(reported) }),
  });
  await vi.waitFor(() => expect(numbers(reported)).toEqual([1, 2, 3]));
  expect(requests.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{"seen":[]}'],
    ['POST', '{"seen":[1,2]}'],
  ]);
});

test('an event of megabytes arrives whole', async () => {
  const data = 'ü€😀'.repeat(300_000);
  const { address } = await serve((connection) => connection.send(`data: ${data}\n\n`));
  const reported = followStream(address);
  await vi.waitFor(() => expect(reported.events).toHaveLength(1), { timeout: 10_000 });
  // Not toBe: a difference would be printed.
  expect(reported.events[0]?.data === data).toBe(true);
});

test('close() lets go of a server that has not answered yet', async () => {
  const { requests, address } = await serve(() => {});
  const reported = followStream(address);
  await vi.waitFor(() => expect(requests).toHaveLength(1));
  reported.stream.close();
  await vi.waitFor(() => expect(requests[0]?.closed).toBe(true));
  expect(reported.log).toEqual(['connecting']);
});

test('after the terminal event the client hangs up, though the server does not', async () => {
  const { requests, address } = await serve((connection) => {
    for (let id = 1; id <= 5; id++) connection.event(id);
  });
  const reported = followStream(address, { isTerminal: ({ data }) => data === '3' });
  await vi.waitFor(() => expect(requests[0]?.closed).toBe(true));
  expect(reported.log).toEqual(['connecting', 'live', '1', '2', '3', 'closed']);
  expect(requests).toHaveLength(1);
});
