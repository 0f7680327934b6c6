// Tests the calls of the client against servers that accept and do not answer, or answer without an end.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTaskClient } from '../../../../../src/client/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

const CALLS = {
  enqueueTask: (client: ReturnType<typeof createTaskClient>) => client.enqueueTask('dig', {}),
  cancelTask: (client: ReturnType<typeof createTaskClient>) => client.cancelTask('t1'),
  getTask: (client: ReturnType<typeof createTaskClient>) => client.getTask('t1'),
  listTasks: (client: ReturnType<typeof createTaskClient>) => client.listTasks(),
  retryTask: (client: ReturnType<typeof createTaskClient>) => client.retryTask('t1'),
};

/** A body without an end. `sent` counts its bytes, `cancelled` says whether the client gave it up. */
function endless(contentType: string, status: number) {
  const state = { sent: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      state.sent += 16_384;
      controller.enqueue(new Uint8Array(16_384).fill(32));
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { state, response: new Response(body, { status, headers: { 'content-type': contentType } }) };
}

describe.each(Object.entries(CALLS))('%s', (_name, call) => {
  it('fails with "network" after 30 s without an answer, also where fetch ignores its signal', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(() => new Promise(() => {}));
    const outcome = call(createTaskClient({ baseUrl: '/api', fetch })).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await outcome).toMatchObject({
      code: 'network',
      message: expect.stringContaining('no answer for 30 s'),
    });
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
  });

  it('has the time limit that the application gives', async () => {
    const client = createTaskClient({
      baseUrl: '/api',
      timeoutSeconds: 2,
      fetch: () => new Promise(() => {}),
    });
    const outcome = call(client).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toMatchObject({ code: 'network' });
  });

  it('sends cookies as the application says', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}, { status: 500 }));
    await call(createTaskClient({ baseUrl: '/api', fetch, credentials: 'include' })).catch(() => {});
    expect(fetch.mock.calls[0]?.[1]?.credentials).toBe('include');
  });
});

it('an error without an end is read up to 64 KiB, and given up', async () => {
  const { state, response } = endless('application/json', 403);
  const client = createTaskClient({ baseUrl: '/api', fetch: async () => response });
  await expect(client.getTask('t1')).rejects.toMatchObject({ code: 'invalid-response', status: 403 });
  expect(state.sent).toBeLessThan(200_000);
  expect(state.cancelled).toBe(true);
});

it('an answer without an end is given up', async () => {
  const { state, response } = endless('application/json', 200);
  const client = createTaskClient({ baseUrl: '/api', fetch: async () => response });
  await expect(client.getTask('t1')).rejects.toMatchObject({ code: 'network' });
  expect(state.sent).toBeLessThan(70_000_000);
  expect(state.cancelled).toBe(true);
});

it.each([
  ['an error page', 'text/html', 502],
  ['a refused token, which is renewed', 'text/plain', 401],
])('%s is not read, and its connection is free again', async (_, contentType, status) => {
  const { state, response } = endless(contentType, status);
  const answers = [response];
  const client = createTaskClient({
    baseUrl: '/api',
    token: ({ refresh }) => `${refresh}`,
    fetch: async () => answers.shift() ?? new Response('', { status: 500 }),
  });
  await expect(client.getTask('t1')).rejects.toThrow();
  expect(state.cancelled).toBe(true);
  expect(state.sent).toBeLessThan(100_000);
});
