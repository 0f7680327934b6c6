// Tests that tabs share a stream only where they are known to belong to the same user.
import { expect, test, vi } from 'vitest';
import type { TaskClientOptions } from '../../../../../../src/client/index.ts';
import { live, openTabsInEachTest } from '../../../../../support/client/openTabs.ts';

const { context, openTab } = openTabsInEachTest();

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'none' })}.${part(claims)}.x`;

/** The number of streams that two tabs have when each is opened with its own options. */
async function streamsOf(first: Partial<TaskClientOptions>, second: Partial<TaskClientOptions>) {
  const { server } = context;
  server.add('a');
  for (const options of [first, second]) {
    const tab = await openTab();
    await live(tab.follow('a', tab.client(options)));
  }
  return server.open().length;
}

const ann = jwt({ iss: 'https://id.test', sub: 'ann', jti: 1 });
const annAgain = jwt({ iss: 'https://id.test', sub: 'ann', jti: 2, name: 'Ännchen' });
const bob = jwt({ iss: 'https://id.test', sub: 'bob' });
const annElsewhere = jwt({ iss: 'https://other.test', sub: 'ann' });

test.each<[string, Partial<TaskClientOptions>, Partial<TaskClientOptions>, number]>([
  ['cookies', {}, {}, 1],
  ['the same address in other words', { baseUrl: '/api/' }, { baseUrl: 'http://app.test/api' }, 1],
  ['two tokens of one user', { token: ann }, { token: async () => annAgain }, 1],
  ['tokens of two users', { token: ann }, { token: bob }, 2],
  ['users of two issuers', { token: ann }, { token: annElsewhere }, 2],
  ['a token and cookies', { token: ann }, {}, 2],
  ['tokens that name nobody', { token: 'secret' }, { token: 'secret' }, 2],
  ['headers, which may sign a user in', { headers: { 'x-key': '1' } }, { headers: { 'x-key': '1' } }, 2],
  ['a name', { token: 'one', shareTabs: 'ann' }, { token: 'two', shareTabs: 'ann' }, 1],
  ['two names', { shareTabs: 'ann' }, { shareTabs: 'bob' }, 2],
  ['no wish to share', { shareTabs: false }, { shareTabs: false }, 2],
  ['other credentials', { credentials: 'omit' }, {}, 2],
])('%s', async (_name, first, second, streams) => {
  // A page resolves its own addresses. This process does not.
  const { server } = context;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    server.fetch(new URL(url, 'http://app.test'), init),
  );
  expect(await streamsOf(first, second)).toBe(streams);
});

test('another user signs in: the tab leaves the group, and follows its tasks as that user', async () => {
  const { server } = context;
  server.add('a');
  const tabs = [await openTab(), await openTab()];
  let current = ann;
  const first = tabs[0]?.client({ token: () => current });
  const one = tabs[0]?.follow('a', first);
  if (!one) throw new Error('No tab');
  await live(one);
  const other = tabs[1]?.follow('a', tabs[1].client({ token: ann }));
  if (!other) throw new Error('No tab');
  await live(other);
  expect(server.open()).toHaveLength(1);
  server.log('a');
  await vi.waitFor(() =>
    expect([one.seen, other.seen]).toEqual([
      ['state', '1'],
      ['state', '1'],
    ]),
  );
  current = bob;
  // Any call brings the new token.
  await first?.getTask?.('a').catch(() => {});
  await vi.waitFor(() => expect(server.open()).toHaveLength(2));
  server.log('a');
  await vi.waitFor(() =>
    expect([one.seen, other.seen]).toEqual([
      ['state', '1', '2'],
      ['state', '1', '2'],
    ]),
  );
});
