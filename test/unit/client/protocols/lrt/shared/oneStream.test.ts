// Tests that the tabs of an origin follow all their tasks through one stream, and that it passes on without a loss.
import { expect, test, vi } from 'vitest';
import { type Followed, live, openTabsInEachTest } from '../../../../../support/client/openTabs.ts';
import { problem } from '../../../../../support/client/startClient.ts';

const { context, openTab, channels } = openTabsInEachTest();
const ids = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);

test('a page follows all of its tasks through one stream, whatever client follows them', async () => {
  const { server } = context;
  server.add(...ids(8));
  const tab = await openTab();
  const other = tab.client();
  const followed = ids(8).map((id, i) => tab.follow(id, i % 2 ? other : undefined));
  await Promise.all(followed.map(live));
  expect(server.open()).toEqual([ids(8)]);
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /tasks/events']);
  for (const id of ids(8)) server.log(id);
  for (const id of ids(8)) server.succeed(id);
  await vi.waitFor(() => expect(followed.map(({ outcome }) => outcome)).toEqual(ids(8).map((id) => [id])));
  expect(followed.map(({ seen }) => seen)).toEqual(ids(8).map(() => ['state', '1']));
  await vi.waitFor(() => expect(server.open()).toEqual([]));
});

test('a task that is followed later joins the stream, and those before it miss nothing meanwhile', async () => {
  const { server } = context;
  server.add('a', 'b');
  const tab = await openTab();
  const first = tab.follow('a');
  await live(first);
  server.log('a');
  // The second connection is answered late.
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  server.answerWith(async () => {
    await asked;
    return undefined;
  });
  const second = tab.follow('b');
  await vi.waitFor(() => expect(server.requests).toHaveLength(2));
  server.log('a');
  await vi.waitFor(() => expect(first.seen).toEqual(['state', '1', '2']));
  answer();
  await live(second);
  server.log('a');
  server.log('b');
  await vi.waitFor(() => expect(second.seen).toEqual(['state', '1']));
  expect(first.seen).toEqual(['state', '1', '2', '3']);
  expect(first.states).toEqual(['connecting', 'live']);
  expect(server.open()).toEqual([['a', 'b']]);
});

test('a second follower of a task gets its state, and the first one nothing twice', async () => {
  const { server } = context;
  server.add('a');
  const tab = await openTab();
  const first = tab.follow('a');
  await live(first);
  server.log('a');
  await vi.waitFor(() => expect(first.seen).toEqual(['state', '1']));
  const second = tab.follow('a');
  await live(second);
  server.log('a');
  await vi.waitFor(() => expect(second.seen).toEqual(['state', '2']));
  expect(first.seen).toEqual(['state', '1', '2']);
});

test('a follower that comes while the connection is lost gets the state, and the one before it every log entry', async () => {
  const { server } = context;
  server.add('a');
  const tab = await openTab();
  const first = tab.follow('a');
  await live(first);
  server.log('a');
  await vi.waitFor(() => expect(first.seen).toEqual(['state', '1']));
  server.cut();
  server.log('a');
  const second = tab.follow('a');
  await live(second);
  server.log('a');
  await vi.waitFor(() => expect(first.seen).toEqual(['state', ...numbers(1, 3)]));
  expect(second.seen).toEqual(['state', '3']);
  await vi.waitFor(() => expect(server.open()).toEqual([['a']]));
});

test('tabs share one stream; the leader closes, and another goes on without a loss', async () => {
  const { server } = context;
  server.add(...ids(6));
  const tabs = [await openTab(), await openTab(), await openTab()];
  const followed: Followed[][] = [];
  for (const tab of tabs) {
    const ofTab = ids(6).map((id) => tab.follow(id));
    await Promise.all(ofTab.map(live));
    followed.push(ofTab);
  }
  // A tab that comes late is served by a second connection, which takes the place of the first.
  await vi.waitFor(() => expect(server.open()).toEqual([ids(6)]));
  for (const id of ids(6)) server.log(id);
  const [leader, ...rest] = followed;
  await vi.waitFor(() => expect(rest.flat().every(({ seen }) => seen.includes('1'))).toBe(true));
  const asked = server.requests.length;
  for (const one of leader ?? []) one.close();
  for (const id of ids(6)) server.log(id);
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(asked));
  await vi.waitFor(() => expect(server.open()).toEqual([ids(6)]));
  for (const id of ids(6)) server.succeed(id);
  await vi.waitFor(() => expect(rest.flat().every(({ outcome }) => outcome.length === 1)).toBe(true));
  for (const { seen } of rest.flat()) expect(seen).toEqual(['state', '1', '2']);
  await vi.waitFor(() => expect(server.open()).toEqual([]));
});

test('a leader that hangs is robbed within a second, and nothing is lost or doubled when it wakes up', async () => {
  const { server } = context;
  server.add('a');
  const [hung, other] = [await openTab(), await openTab()];
  const ofHung = hung.follow('a');
  await live(ofHung);
  const ofOther = other.follow('a');
  await live(ofOther);
  const [channel] = channels();
  channel?.hang();
  const before = server.requests.length;
  server.log('a');
  const hungAt = Date.now();
  await vi.waitFor(() => expect(ofOther.seen).toEqual(['state', '1']), { interval: 10 });
  expect(Date.now() - hungAt).toBeLessThan(1_200);
  expect(server.requests.length).toBe(before + 1);
  server.log('a');
  channel?.goOn();
  server.log('a');
  await vi.waitFor(() => expect(ofHung.seen).toEqual(['state', ...numbers(1, 3)]));
  await vi.waitFor(() => expect(ofOther.seen).toEqual(['state', ...numbers(1, 3)]));
  await vi.waitFor(() => expect(server.open()).toEqual([['a']]));
});

test('a connection that is lost goes on for all tabs where each of them was', async () => {
  const { server } = context;
  server.add('a');
  const tabs = [await openTab(), await openTab()];
  const followed: Followed[] = [];
  for (const tab of tabs) {
    const one = tab.follow('a');
    await live(one);
    followed.push(one);
  }
  for (let cut = 0; cut < 3; cut++) {
    server.log('a');
    server.cut();
    server.log('a');
    const expected = ['state', ...numbers(1, 2 * cut + 2)];
    await vi.waitFor(() => expect(followed.map(({ seen }) => seen)).toEqual([expected, expected]), 3_000);
  }
  for (const { states } of followed) expect(states).toContain('reconnecting');
});

test('a task that the leading tab’s server does not know is asked for by the tab itself', async () => {
  const { server } = context;
  server.add('a');
  const leader = await openTab();
  await live(leader.follow('a'));
  const other = await openTab();
  await live(other.follow('a'));
  const own = other.follow('gone');
  await vi.waitFor(() => expect(own.outcome).toEqual([expect.objectContaining({ code: 'task-not-found' })]));
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toContain('GET /tasks/gone/events');
});

test('tasks that the server does not know are refused, and the others go on', async () => {
  const { server } = context;
  server.add('a');
  const tab = await openTab();
  const [missing, known] = [tab.follow('gone'), tab.follow('a')];
  await live(known);
  expect(missing.outcome).toEqual([
    expect.objectContaining({ name: 'TaskClientError', code: 'task-not-found' }),
  ]);
  const late = tab.follow('gone too');
  await vi.waitFor(() => expect(late.outcome).toHaveLength(1));
  server.log('a');
  await vi.waitFor(() => expect(known.seen).toEqual(['state', '1']));
  expect(known.states).toEqual(['connecting', 'live']);
});

test.each([
  ['405', () => Response.json(problem('method-not-allowed', 405), { status: 405 })],
  ['404 of a gateway', () => new Response('nothing here', { status: 404 })],
  ['400', () => Response.json(problem('invalid-request', 400), { status: 400 })],
])('a server that has no such stream (%s): each task has a stream of its own', async (_name, refuse) => {
  const { server } = context;
  server.add('a', 'b');
  server.answerWith(({ method }) => (method === 'POST' ? refuse() : undefined));
  const tab = await openTab();
  const followed = [tab.follow('a'), tab.follow('b')];
  await Promise.all(followed.map(live));
  expect(server.open().sort()).toEqual([['a'], ['b']]);
  server.log('a');
  await vi.waitFor(() => expect(followed[0]?.seen).toEqual(['state', '1']));
});

test('a strange event: its task goes on alone, less what cannot be read, and the others stay', async () => {
  const { server } = context;
  server.add('a', 'b');
  const tab = await openTab();
  const followed = [tab.follow('a'), tab.follow('b')];
  await Promise.all(followed.map(live));
  server.send('event: log\ndata: {"taskId":"a","seq":"x","type":"log","level":"fatal"}\n\n');
  await vi.waitFor(() =>
    expect(server.requests.at(-1)).toMatchObject({ method: 'GET', path: '/tasks/a/events' }),
  );
  server.log('a');
  server.log('b');
  await vi.waitFor(() => expect(followed[0]?.seen.at(-1)).toBe('1'));
  expect(followed[1]?.seen).toEqual(['state', '1']);
});

test('more tasks than one stream takes have a second one', async () => {
  const { server } = context;
  server.add(...ids(501));
  const tab = await openTab();
  const followed = ids(501).map((id) => tab.follow(id));
  await Promise.all(followed.map(live));
  expect(
    server
      .open()
      .map(({ length }) => length)
      .sort(),
  ).toEqual([1, 500]);
});

test('without locks, as on an insecure origin, a page has one stream', async () => {
  const { server } = context;
  vi.stubGlobal('navigator', {});
  server.add('a', 'b');
  const tabs = [await openTab(), await openTab()];
  for (const tab of tabs) await Promise.all([tab.follow('a'), tab.follow('b')].map(live));
  expect(server.open()).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  for (const tab of tabs) tab.closeAll();
  await vi.waitFor(() => expect(server.open()).toEqual([]));
});

test('a page that is put away gives up its stream, and goes on from there when it is shown again', async () => {
  const { server, page } = context;
  server.add('a');
  const tab = await openTab();
  const one = tab.follow('a');
  await live(one);
  server.log('a');
  await vi.waitFor(() => expect(one.seen).toEqual(['state', '1']));
  page.dispatchEvent(new Event('pagehide'));
  await vi.waitFor(() => expect(server.open()).toEqual([]));
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
  server.log('a');
  page.dispatchEvent(new Event('pageshow'));
  await vi.waitFor(() => expect(one.seen).toEqual(['state', '1', '2']));
  expect(server.requests.at(-1)?.cursors).toEqual({ a: 1 });
  expect(one.states.at(-1)).toBe('live');
});

test('messages of a stranger in the channel change nothing', async () => {
  const { server } = context;
  server.add('a');
  const tabs = [await openTab(), await openTab()];
  const followed: Followed[] = [];
  for (const tab of tabs) {
    const one = tab.follow('a');
    await live(one);
    followed.push(one);
  }
  const [channel] = channels();
  const stranger = new BroadcastChannel(channel?.name ?? '');
  for (const message of [
    null,
    5,
    'want',
    { type: 'want' },
    { type: 'want', member: 'x', tasks: [[1, 2]] },
    { type: 'events', term: Number.NaN, stream: 1, events: [] },
    { type: 'alone', term: 1, careful: true },
    { type: 'unheard-of', term: 9e15 },
    { type: 'position', term: 9e15, stream: 1, tasks: [['a'.repeat(300), 1]] },
  ]) {
    stranger.postMessage(message);
  }
  stranger.close();
  server.log('a');
  await vi.waitFor(() =>
    expect(followed.map(({ seen }) => seen)).toEqual([
      ['state', '1'],
      ['state', '1'],
    ]),
  );
  expect(server.open()).toEqual([['a']]);
});
