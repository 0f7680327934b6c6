import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runOperation } from '../../../../server/src/serviceTasks/runOperation.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs an operation at a service that answers so. `calls` has the paths that were called. */
function start(answer: (path: string, body: unknown) => Response | Promise<Response>, service = 'grid') {
  const calls: string[] = [];
  const log: string[] = [];
  const percents: (number | null | undefined)[] = [];
  const cancel = new AbortController();
  const call: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname;
    calls.push(path);
    return answer(path, request.method === 'POST' ? await request.json() : undefined);
  };
  const context = {
    taskId: 't1',
    attempt: 1,
    signal: cancel.signal,
    log: (_level: string, message: string) => void log.push(message),
    progress: async ({ percent }: { percent?: number | null }) => void percents.push(percent),
    item: async () => undefined,
    network: {} as never,
  };
  const operation = {
    service,
    url: 'http://grid.test',
    operation: 'Work',
    canCancel: true,
    fetch: call,
  };
  const ended = runOperation(operation, { inputs: [] }, context).then(
    (output) => ({ output }),
    (error: unknown) => ({ error }),
  );
  return { calls, log, percents, cancel, ended };
}

const html = () => new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } });

it.each<[string, (count: number) => Response | Promise<Response>]>([
  ['answers HTML', html],
  ['is gone', () => Promise.reject(new TypeError('fetch failed'))],
  ['is complete without an output', () => Response.json({ status: 'complete', progress: 100 })],
])(
  'a service that %s while it works is given up after ten minutes, with the reason',
  async (_name, answer) => {
    let count = 0;
    const { ended, calls } = start((path) => {
      if (path.endsWith('/execute')) return Response.json({ status: 'running', task_id: 't1' });
      if (path.includes('/output/')) return Response.json({ detail: 'none' });
      return answer(++count);
    });
    await vi.advanceTimersByTimeAsync(590_000);
    expect(calls.length).toBeGreaterThan(10);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await ended).toMatchObject({
      error: { error: { code: 'service-unavailable', message: expect.stringContaining('Service "grid"') } },
    });
    const made = calls.filter((path) => !path.includes('/cancel/')).length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls.filter((path) => !path.includes('/cancel/'))).toHaveLength(made);
    expect(vi.getTimerCount()).toBe(0);
  },
);

it('a service whose name has spaces is asked with an id that services take', async () => {
  const asked: unknown[] = [];
  const { ended } = start((_path, body) => {
    asked.push(body);
    return Response.json({ status: 'complete', output: { done: true } });
  }, 'Grid of Ütrecht');
  await vi.runAllTimersAsync();
  expect(await ended).toEqual({ output: { done: true } });
  expect(asked).toMatchObject([{ workflow_id: 'Grid-of--trecht' }]);
});

it('a service that answers again in between is waited for', async () => {
  let count = 0;
  const { ended, percents } = start((path) => {
    if (path.endsWith('/execute')) return Response.json({ status: 'running', task_id: 't1' });
    if (path.includes('/output/'))
      return Response.json({ output: { protocol: 's3', uri: 's3://b/1', format: 'json' } });
    count += 1;
    if (count === 60) return Response.json({ status: 'complete', progress: 100 });
    return count % 20 === 0
      ? Response.json({ status: 'running', progress: count === 20 ? 180 : 20 })
      : html();
  });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await ended).toEqual({ output: { protocol: 's3', uri: 's3://b/1', format: 'json' } });
  expect(percents.every((percent) => percent === null || percent === 100)).toBe(true);
});

it('a service that cannot be reached at all is given up after two minutes', async () => {
  const { ended, log } = start(() => Promise.reject(new TypeError('connect ECONNREFUSED')));
  await vi.advanceTimersByTimeAsync(180_000);
  expect(await ended).toMatchObject({ error: { error: { code: 'service-unavailable' } } });
  expect(log).toEqual([expect.stringContaining('does not answer yet')]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a cancelled task asks the service to stop, and leaves no timer', async () => {
  const { cancel, ended, calls } = start((path) =>
    path.endsWith('/execute')
      ? Response.json({ status: 'running', task_id: 't1' })
      : Response.json({ status: 'running', progress: 10 }),
  );
  await vi.advanceTimersByTimeAsync(5_000);
  cancel.abort(new Error('cancelled'));
  expect(await ended).toMatchObject({ error: { message: 'cancelled' } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls.at(-1)).toBe('/control/cancel/t1');
  expect(vi.getTimerCount()).toBe(0);
});
