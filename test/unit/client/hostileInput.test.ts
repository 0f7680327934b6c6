import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTaskClient, TaskClientError } from '../../../src/client/index.ts';
import { catchUncaught } from '../../support/catchUncaught.ts';
import { mutations } from '../../support/mutations.ts';
import { streamOf } from '../../support/streamOf.ts';
import { followTask } from '../mocks/followTask.ts';

/** Whatever a server sends, in error or on purpose: a clear refusal, never a crash, never a task without an end. */

const snapshot = {
  id: 't1',
  name: 'dig',
  queue: 'default',
  status: 'running',
  progress: { percent: 10, step: 1, stepCount: 2, message: 'digging', done: 1, total: 10 },
  params: { depth: 2 },
  owner: 'local',
  tags: ['a'],
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: '2026-01-01T00:00:01.000Z',
  attempt: 1,
  seq: 1,
};
const feature = {
  type: 'Feature',
  id: 'pole/1',
  geometry: { type: 'Point', coordinates: [1, 2] },
  properties: { table: 'pole', name: 'P-1' },
};
const head = { taskId: 't1', seq: 2, at: '2026-01-01T00:00:02.000Z', attempt: 1 };
const events = [
  { ...head, type: 'snapshot', task: snapshot, features: [feature] },
  { ...head, type: 'progress', progress: snapshot.progress },
  { ...head, type: 'log', level: 'info', message: 'hello' },
  { ...head, type: 'features', features: [feature] },
  { ...head, type: 'failed', error: { code: 'timeout', message: 'late', details: { seconds: 3 } } },
];
const SUCCEEDED = JSON.stringify({ ...head, seq: 3, type: 'succeeded', result: 1 });

const answering = (body: string, status = 200, type = 'application/json') =>
  createTaskClient({
    baseUrl: 'http://tasks.test',
    fetch: async () => new Response(body, { status, headers: { 'content-type': type } }),
  });

/** What a call came to: its value, or the code of its TaskClientError; anything else it throws is thrown on. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TaskClientError) return error.code;
    throw error;
  }
}

let prototypeBefore: string[];
beforeEach(() => {
  prototypeBefore = Object.getOwnPropertyNames(Object.prototype);
});
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototypeBefore);
});

describe('an answer with one thing wrong', () => {
  test('is refused, or is what was promised', async () => {
    let refused = 0;
    for (const body of mutations(snapshot, 400)) {
      const task = await outcome(answering(body).getTask('t1'));
      if (task === 'invalid-response') refused += 1;
      else {
        expect(task, body).toMatchObject({
          id: expect.any(String),
          progress: { message: expect.any(String) },
          tags: expect.any(Array),
          params: expect.any(Object),
          seq: expect.any(Number),
        });
      }
    }
    expect(refused).toBeGreaterThan(150);
  });

  test('of a page is refused, or is what was promised', async () => {
    for (const body of mutations({ tasks: [snapshot], nextCursor: 'n' }, 300)) {
      const page = await outcome(answering(body).listTasks());
      if (page !== 'invalid-response') expect(page, body).toMatchObject({ tasks: expect.any(Array) });
    }
  });

  test('of a problem is still an error that says what came', async () => {
    const problem = {
      type: 'urn:problem-type:lrt:invalid-params',
      title: 'Invalid',
      status: 400,
      detail: 'depth is wrong',
      errors: [{ parameter: 'depth', code: 'missing', message: 'is missing', expected: 'a number' }],
      details: { least: 1 },
    };
    for (const body of mutations(problem, 300)) {
      const error = await answering(body, 400, 'application/problem+json')
        .enqueueTask('dig', {})
        .catch((reason) => reason);
      expect(error, body).toBeInstanceOf(TaskClientError);
      expect(error).toMatchObject({ status: 400, code: expect.any(String), message: expect.any(String) });
      // A form goes through these without asking.
      for (const one of error.parameters ?? []) {
        expect(one, body).toMatchObject({ parameter: expect.any(String), message: expect.any(String) });
      }
    }
  });
});

test.each([
  '',
  'null',
  'true',
  '7',
  '"text"',
  '[]',
  '{}',
  '{"__proto__":{"id":"t1"}}',
  '\uFEFF',
  '{"id":"t1"',
  '[[[[[[',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `"${'x'.repeat(100_000)}"`,
])('the answer %.30j is refused, in a message that can be shown', async (body) => {
  for (const call of [
    answering(body).getTask('t1'),
    answering(body).listTasks(),
    answering(body).enqueueTask('dig', {}),
  ]) {
    const error = await call.catch((reason) => reason);
    expect(error).toMatchObject({ name: 'TaskClientError', code: 'invalid-response' });
    expect(error.message.length).toBeLessThan(400);
  }
});

describe('an event with one thing wrong', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test.each(events.map((event) => [event.type, event] as const))('%s', async (type, event) => {
    const uncaught = catchUncaught();
    for (const data of mutations(event, 300)) {
      const client = createTaskClient({
        baseUrl: 'http://tasks.test',
        fetch: async () =>
          streamOf(`event: ${type}\ndata: ${data}\n\nevent: succeeded\ndata: ${SUCCEEDED}\n\n`),
      });
      const seen = followTask(client, 't1');
      await vi.advanceTimersByTimeAsync(0);
      // One end, whatever came before it.
      expect(seen.endings, data).toHaveLength(2);
      expect(seen.endings[1]).toBe('end');
      expect(seen.connections.at(-1)).toBe('closed');
      if (seen.error) {
        expect(seen.error, data).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      }
      for (const { message } of seen.progress) expect(message, data).toBeTypeOf('string');
    }
    expect(uncaught.messages()).toEqual([]);
  });

  test('its name in Object.prototype is one nobody knows', async () => {
    const uncaught = catchUncaught();
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const text = names.map((name) => `event: ${name}\ndata: ${SUCCEEDED}\n\n`).join('');
    const client = createTaskClient({
      baseUrl: 'http://tasks.test',
      fetch: async () => streamOf(text, `event: succeeded\ndata: ${SUCCEEDED}\n\n`),
    });
    const seen = followTask(client, 't1');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.endings).toEqual(['success', 'end']);
    expect(uncaught.messages()).toEqual([]);
  });

  test.each(names())('the type %s inside an event is no type', async (type) => {
    const client = createTaskClient({
      baseUrl: 'http://tasks.test',
      fetch: async () => streamOf(`event: progress\ndata: ${JSON.stringify({ ...head, type })}\n\n`),
    });
    const seen = followTask(client, 't1');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.endings).toEqual(['failure', 'end']);
    expect(seen.error).toMatchObject({ code: 'invalid-response' });
  });
});

function names(): unknown[] {
  return ['__proto__', 'constructor', 'nothing', null, 7, ['progress', 'x'], {}];
}
