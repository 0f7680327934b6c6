import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTaskClient, TaskClientError } from '../../../../../src/client/index.ts';
import { catchUncaught } from '../../../../support/client/catchUncaught.ts';
import { mutations } from '../../../../support/client/mutations.ts';
import { streamOf } from '../../../../support/client/streamOf.ts';
import { followTask } from '../../../../support/tasks/followTask.ts';

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

/** The client loads the code for strange events on demand. */
async function settle(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(ms);
}

describe('an event with one thing wrong', () => {
  beforeAll(() => import('../../../../../src/client/protocols/lrt/followCarefully.ts'));
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  // A server, after it was asked for a task's state again.
  const END = `event: succeeded\ndata: ${SUCCEEDED}\n\n`;

  test.each(events.map((event) => [event.type, event] as const))('%s', async (type, event) => {
    const uncaught = catchUncaught();
    let skipped = 0;
    for (const data of mutations(event, 300)) {
      let connections = 0;
      const client = createTaskClient({
        baseUrl: 'http://tasks.test',
        fetch: async () => streamOf(connections++ === 0 ? `event: ${type}\ndata: ${data}\n\n${END}` : END),
      });
      const seen = followTask(client, 't1');
      await settle(100);
      // One end, whatever came before it. Only a failure of this very task is one.
      expect(seen.endings, data).toHaveLength(2);
      expect(seen.endings[1]).toBe('end');
      const parsed = JSON.parse(data);
      const isFailure = type === 'failed' && parsed.taskId === 't1' && parsed.type === 'failed';
      expect(seen.endings[0], data).toBe(isFailure ? 'failure' : 'success');
      if (isFailure) {
        expect(seen.error, data).toMatchObject({ code: expect.any(String), message: expect.any(String) });
      }
      expect(seen.connections.at(-1)).toBe('closed');
      expect(connections).toBeLessThanOrEqual(2);
      for (const { message } of seen.progress) expect(message, data).toBeTypeOf('string');
      expect(seen.logs.filter(({ level }) => level === 'warning').length).toBeLessThanOrEqual(1);
      skipped += seen.logs.filter(({ message }) => message.includes('skipped')).length;
    }
    expect(skipped).toBeGreaterThan(20);
    expect(uncaught.messages()).toEqual([]);
  });

  test('an end that nobody can read is asked for again, ever more slowly, and is never a failure', async () => {
    const asked: (string | null)[] = [];
    const client = createTaskClient({
      baseUrl: 'http://tasks.test',
      fetch: async (input, init) => {
        asked.push(new URL(String(input)).searchParams.get('after'));
        expect(new Headers(init?.headers).get('last-event-id')).toBeNull();
        return streamOf('event: succeeded\nid: 7\ndata: {"broken\n\n');
      },
    });
    const seen = followTask(client, 't1');
    await settle(120_000);
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.length).toBeLessThan(15);
    // Never with a cursor: the server would answer that all was seen.
    expect(new Set(asked)).toEqual(new Set([null]));
    expect(seen.endings).toEqual([]);
    expect(seen.logs).toHaveLength(1);
    seen.stream.close();
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

  test.each(names())('the type %s inside an event is no type: it is skipped, and said once', async (type) => {
    const client = createTaskClient({
      baseUrl: 'http://tasks.test',
      fetch: async () =>
        streamOf(`event: progress\ndata: ${JSON.stringify({ ...head, type })}\n\n`.repeat(3) + END),
    });
    const seen = followTask(client, 't1');
    await settle(0);
    expect(seen.endings).toEqual(['success', 'end']);
    expect(seen.logs).toMatchObject([{ level: 'warning', message: expect.stringContaining('skipped') }]);
    expect(seen.logs[0]?.message.length).toBeLessThan(300);
  });
});

function names(): unknown[] {
  return ['__proto__', 'constructor', 'nothing', null, 7, ['progress', 'x'], {}];
}
