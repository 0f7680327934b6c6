import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followStream } from '../../support/client/followStream.ts';
import { scriptedFetch } from '../../support/client/scriptedFetch.ts';
import { standInPage } from '../../support/client/standInPage.ts';
import { streamOf } from '../../support/client/streamOf.ts';

/** A page comes and goes at awkward moments. eventStream.retry.test.ts and eventStream.test.ts have the plain ones. */

const ADDRESS = 'http://stream.test/events';
const settle = () => vi.advanceTimersByTimeAsync(0);
const noNetwork = new TypeError('no network');

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function open(...answers: Parameters<typeof scriptedFetch>) {
  const page = standInPage();
  const { fetch, connections } = scriptedFetch(...answers);
  const reported = followStream(ADDRESS, { fetch });
  await settle();
  return { page, connections, reported };
}

test.each(['online', 'pageshow', 'resume'])('%s ends the pause, and no second try follows', async (type) => {
  const failures = Array.from({ length: 7 }, () => noNetwork);
  const { page, connections, reported } = await open(...failures, 'stream');
  await vi.advanceTimersByTimeAsync(40_000);
  expect(connections).toHaveLength(7);
  page.fire(type);
  await settle();
  expect(reported.log.slice(-2)).toEqual(['connecting', 'live']);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(connections).toHaveLength(8);
  reported.stream.close();
});

test.each([
  ['pagehide', 'pageshow'],
  ['freeze', 'resume'],
])('a page put away (%s) during a pause does not connect before %s', async (away, back) => {
  const { page, connections, reported } = await open(noNetwork, 'stream');
  page.fire(away);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(connections).toHaveLength(1);
  page.fire(back);
  await settle();
  expect(connections).toHaveLength(2);
  expect(reported.log.at(-1)).toBe('live');
  reported.stream.close();
});

test('a page put away while its call is under way lets go of it', async () => {
  const { page, connections, reported } = await open('silence', 'stream');
  page.fire('pagehide');
  expect(connections[0]?.init.signal?.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(connections).toHaveLength(1);
  page.fire('pageshow');
  await settle();
  expect(reported.log.at(-1)).toBe('live');
  expect(reported.errors).toEqual([]);
  reported.stream.close();
});

test('a hidden page reconnects as quickly as one that is seen', async () => {
  const { page, connections, reported } = await open('stream');
  page.hide();
  connections[0]?.fail(new TypeError('terminated'));
  await vi.advanceTimersByTimeAsync(100);
  expect(connections).toHaveLength(2);
  connections[1]?.send('data: the end of the task\n\n');
  await settle();
  expect(reported.log.at(-1)).toBe('the end of the task');
  reported.stream.close();
});

test('each stream takes its own listeners away', async () => {
  const { page, reported, connections } = await open('stream');
  const other = followStream(ADDRESS, { fetch: scriptedFetch('stream').fetch });
  await settle();
  expect(page.heard().length).toBeGreaterThan(0);
  // It would keep the page out of the back/forward cache.
  expect(page.heard()).not.toContain('unload');
  reported.stream.close();
  expect(page.heard().length).toBeGreaterThan(0);
  other.stream.close();
  expect(page.heard()).toEqual([]);
  for (const type of ['online', 'pageshow', 'resume', 'pagehide', 'freeze']) page.fire(type);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(connections).toHaveLength(1);
  expect(reported.log).toEqual(['connecting', 'live']);
});

test.each([
  ['a terminal event', streamOf('data: end\n\n')],
  ['a refusal', new Response('', { status: 404 })],
])('%s takes the listeners away as well', async (_, answer) => {
  const page = standInPage();
  const reported = followStream(ADDRESS, { fetch: scriptedFetch(answer).fetch, isTerminal: () => true });
  await settle();
  expect(reported.log.at(-1)).toBe('closed');
  expect(page.heard()).toEqual([]);
});
