import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  type ControlClient,
  createControlClient,
} from '../../../../../src/client/protocols/control/createControlClient.ts';
import { startPython } from '../../../../support/python/startPython.ts';

/** A service in Python, as the concurrent service template shows it, driven by our client. */

let url: string;
let close: () => Promise<void>;
let client: ControlClient;

beforeAll(async () => {
  const service = await startPython('controlService.py', 'fastapi', 'uvicorn');
  close = service.close;
  url = `http://127.0.0.1:${service.printed.port}`;
  // The port is open before uvicorn answers.
  await vi.waitFor(async () => expect((await fetch(`${url}/health`)).ok).toBe(true));
  client = createControlClient({ baseUrl: url, mostPollSeconds: 0.1 });
});
afterAll(() => close());

/** Follows a task to its end. */
async function follow(id: string | number) {
  const percents: (number | null)[] = [];
  const outcomes: unknown[] = [];
  await new Promise<void>((resolve) => {
    client.streamTaskProgress(id, {
      onProgress: ({ percent }) => void percents.push(percent),
      onSuccess: (result) => void outcomes.push({ result }),
      onFailure: ({ code, message }) => void outcomes.push({ code, message }),
      onEnd: resolve,
    });
  });
  return { percents, outcomes };
}

test('a long-running method is followed to its output', async () => {
  const { id } = await client.enqueueTask('Count', { to: 150 }, { idempotencyKey: 'count-1' });
  expect(id).toBe('count-1');
  const { percents, outcomes } = await follow(id);
  expect(outcomes).toEqual([{ result: { protocol: 's3', uri: 's3://bucket/count-1.json', format: 'json' } }]);
  expect(percents.some((percent) => percent !== null && percent > 0 && percent < 100)).toBe(true);
  expect(percents).toEqual(percents.toSorted((a, b) => Number(a) - Number(b)));
});

test('a quick method has its output at once', async () => {
  const { id } = await client.enqueueTask('Double', { of: 21 });
  expect(await client.waitFor(id)).toMatchObject({ uri: 's3://bucket/double-42.json' });
});

test('a method that fails, at once or later, says why', async () => {
  await expect(client.enqueueTask('Double', {})).rejects.toMatchObject({ code: 'failed', message: "'of'" });
  const { id } = await client.enqueueTask('Count', { to: 9, fail_at: 5 });
  expect((await follow(id)).outcomes).toEqual([{ code: 'failed', message: 'cannot count beyond 5' }]);
});

test('what the service refuses is refused with its words', async () => {
  await expect(client.enqueueTask('Nope', {})).rejects.toMatchObject({
    code: 'invalid-request',
    message: 'Unknown method: Nope',
  });
  await expect(client.getTask('ghost')).rejects.toMatchObject({ code: 'task-not-found' });
});

test('a service that forgot its tasks ends them with an error that says so', async () => {
  const { id } = await client.enqueueTask('Count', { to: 10_000 });
  const ended = follow(id);
  await fetch(`${url}/forget`, { method: 'POST' });
  expect((await ended).outcomes).toEqual([
    { code: 'task-not-found', message: expect.stringContaining(`${id}`) },
  ]);
});
