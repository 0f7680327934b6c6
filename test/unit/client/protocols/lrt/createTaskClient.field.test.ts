// Tests the calls of the client against servers that accept and do not answer, or answer without an end.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallOptions, createTaskClient } from '../../../../../src/client/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

type Client = ReturnType<typeof createTaskClient>;

const CALLS = {
  enqueueTask: (client: Client, options?: CallOptions) => client.enqueueTask('dig', {}, options),
  cancelTask: (client: Client, options?: CallOptions) => client.cancelTask('t1', options),
  getTask: (client: Client, options?: CallOptions) => client.getTask('t1', options),
  listTasks: (client: Client, options?: CallOptions) => client.listTasks({}, options),
  retryTask: (client: Client, options?: CallOptions) => client.retryTask('t1', options),
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

  it('rejects with the reason of its signal at once, also where fetch ignores its signal', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(() => new Promise(() => {}));
    const leaving = new AbortController();
    const outcome = call(createTaskClient({ baseUrl: '/api', fetch }), { signal: leaving.signal });
    const expected = expect(outcome).rejects.toThrow('the user left');
    await vi.advanceTimersByTimeAsync(10);
    leaving.abort(new Error('the user left'));
    await expected;
    // enqueueTask does not call again, either.
    expect(fetch).toHaveBeenCalledOnce();
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
    expect(fetch.mock.calls[0]?.[1]?.body ?? '').not.toContain('signal');
  });

  it('sends nothing where its signal was aborted before', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const signal = AbortSignal.abort(new Error('the user left'));
    await expect(call(createTaskClient({ baseUrl: '/api', fetch }), { signal })).rejects.toThrow(
      'the user left',
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  it('has its time limit beside the signal, and leaves no listener on it', async () => {
    const { signal } = new AbortController();
    const client = createTaskClient({
      baseUrl: '/api',
      timeoutSeconds: 2,
      fetch: () => new Promise(() => {}),
    });
    const added = vi.spyOn(signal, 'addEventListener');
    const outcome = call(client, { signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toMatchObject({ code: 'network' });
    const [, , options] = added.mock.calls[0] ?? [];
    expect(options).toMatchObject({ signal: { aborted: true } });
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
