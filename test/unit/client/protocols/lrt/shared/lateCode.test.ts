// Tests that a page follows its task also where the code for the shared stream does not come: the connection hangs, or the
// file is gone after an update of the application.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SystemClient } from '../../../../../../src/client/SystemClient.ts';
import { fakeEventServer } from '../../../../../support/client/fakeEventServer.ts';

const CODE = '../../../../../../src/client/protocols/lrt/shared/followShared.ts';
const server = fakeEventServer();

async function pageWhose(code: () => Promise<object>): Promise<SystemClient> {
  vi.doMock(CODE, code);
  const { createTaskClient } = await import('../../../../../../src/client/index.ts');
  return createTaskClient({
    baseUrl: 'http://app.test/api',
    fetch: (...call) => server.fetch(...call),
  });
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('document', { hidden: false, baseURI: 'http://app.test/' });
  server.add('a');
  server.requests.length = 0;
});
afterEach(() => {
  vi.doUnmock(CODE);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const asked = () => server.requests.map(({ method, path }) => `${method} ${path}`);

test('code that hangs is waited for three seconds', async () => {
  const client = await pageWhose(() => new Promise(() => {}));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stream = client.streamTaskProgress('a', {});
  await vi.advanceTimersByTimeAsync(2_900);
  expect(asked()).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  await vi.waitFor(() => expect(asked()).toEqual(['GET /tasks/a/events']));
  stream.close();
});

test('code that hangs: nothing is asked for after the caller has left', async () => {
  const client = await pageWhose(() => new Promise(() => {}));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stream = client.streamTaskProgress('a', {});
  await vi.advanceTimersByTimeAsync(1_000);
  stream.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('code that is gone: the task has a stream of its own at once', async () => {
  const client = await pageWhose(() => {
    throw new Error('404');
  });
  const stream = client.streamTaskProgress('a', {});
  await vi.waitFor(() => expect(asked()).toEqual(['GET /tasks/a/events']));
  stream.close();
});
