// Tests a session that ran out: the server, or a proxy before it, redirects every request to a sign-in page of another
// origin. fetch follows: it brings the page, or fails where that origin sends no CORS headers. Neither ends a task.
import { expect, it, vi } from 'vitest';
import { createTaskStore } from '../../../../../src/client/taskStore.ts';
import {
  answer,
  type Script,
  startScriptedEventServer,
} from '../../../../support/client/scriptedEventServer.ts';
import { cleanUp, cleanUpAfterEach, snapshot, startClient } from '../../../../support/client/startClient.ts';

cleanUpAfterEach();

const state = (seq: number, status: 'running' | 'succeeded') => {
  const task = snapshot({ seq, status, ...(status === 'succeeded' && { result: { holes: 3 } }) });
  const event = { taskId: 't1', seq, at: '2026-01-01T00:00:05.000Z', attempt: 1, type: 'snapshot', task };
  return `event: snapshot\nid: ${seq}\ndata: ${JSON.stringify(event)}\n\n`;
};

/** A sign-in page of another origin, and a script that redirects there. */
async function signInPage() {
  const page = await startScriptedEventServer(
    answer(200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>'),
  );
  cleanUp(page.close);
  const redirect: Script = answer(302, { location: `${page.url}/login` });
  return { redirect, page };
}

/** In browsers a page of another origin without CORS headers cannot be read: fetch fails. */
const withoutCors: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.redirected) return response;
  await response.body?.cancel();
  throw new TypeError('Failed to fetch');
};

it.each([
  ['the page', fetch],
  ['nothing, for want of CORS headers', withoutCors],
])('a task that was followed goes on once the user has signed in: fetch brings %s', async (_, send) => {
  const { redirect, page } = await signInPage();
  let isSignedIn = true;
  const { client } = await startClient(
    [
      async (connection, request) => {
        if (!isSignedIn) return redirect(connection, request);
        if (page.requests.length > 0) return connection.send(state(2, 'succeeded'));
        connection.send(state(1, 'running'));
        await vi.waitFor(() => expect(store.get('t1')?.status).toBe('running'));
        isSignedIn = false;
        connection.end();
      },
    ],
    { fetch: send },
  );
  const store = createTaskStore(client);
  cleanUp(() => store.dispose());
  store.follow('t1');
  await vi.waitFor(() => expect(page.requests.length).toBeGreaterThan(0));
  await vi.waitFor(() => expect(store.get('t1')?.connection.state).toBe('reconnecting'));
  expect(store.get('t1')).toMatchObject({ status: 'running', ended: false });
  isSignedIn = true;
  await vi.waitFor(() => expect(store.get('t1')?.status).toBe('succeeded'), { timeout: 5_000 });
});

it('a task that is looked up on a page without a session is lost to sight, not failed', async () => {
  const { redirect } = await signInPage();
  const { client } = await startClient([redirect]);
  const store = createTaskStore(client);
  cleanUp(() => store.dispose());
  store.follow('t1');
  await vi.waitFor(() => expect(store.get('t1')?.ended).toBe(true));
  // The dialog says that it cannot see the task, and offers to look again.
  expect(store.get('t1')).toMatchObject({ status: 'queued', error: { code: 'invalid-response' } });
});

it.each([
  ['the page', fetch, 'invalid-response'],
  ['nothing', withoutCors, 'network'],
])('a call is refused, with a code that is no outcome of a task: fetch brings %s', async (_, send, code) => {
  const { redirect } = await signInPage();
  const { client } = await startClient([redirect], { fetch: send });
  const calls = await Promise.allSettled([
    client.getTask('t1'),
    client.cancelTask('t1'),
    client.listTasks(),
    client.retryTask('t1'),
    client.enqueueTask('dig', {}),
  ]);
  for (const call of calls) {
    expect(call).toMatchObject({ status: 'rejected', reason: { name: 'TaskClientError', code } });
  }
});
