import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPython } from '../../../../../scripts/services/findServices.mjs';
import {
  type ConnectionState,
  createReflexClient,
  type ReflexClient,
  type TaskSnapshot,
} from '../../../../../src/client/index.ts';

/** A service in Python, as the template of the Reflex protocol shows it, followed by our client. */

const SERVICE = join(import.meta.dirname, '../../../../support/python/reflexService.py');
let child: ChildProcess;
let url: string;
let client: ReflexClient;

beforeAll(async () => {
  child = spawn(findPython() ?? 'python3', [SERVICE], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('The service has no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  const { rest, socket } = JSON.parse(line);
  url = `http://127.0.0.1:${rest}`;
  // The template has both at one port, and Python's standard library speaks no WebSocket.
  class OnItsPort extends WebSocket {
    constructor(address: string) {
      super(address.replace(`:${rest}/`, `:${socket}/`));
    }
  }
  client = createReflexClient({
    baseUrl: url,
    clientToken: 'tab-1',
    webSocket: OnItsPort,
    commands: {
      async enqueueTask(name) {
        const response = await fetch(`${url}/start/tab-1/${name}`, { method: 'POST' });
        return { id: (await response.json()).task_id };
      },
    },
  });
});
afterAll(async () => {
  child.kill();
  await once(child, 'exit');
});

/** Follows a task to its end. */
async function follow(id: string | number, onState: (state: ConnectionState) => void = () => {}) {
  const percents: (number | null)[] = [];
  const messages = new Set<string>();
  const outcomes: string[] = [];
  await new Promise<void>((resolve) => {
    client.streamTaskProgress(id, {
      onProgress({ percent, message }) {
        percents.push(percent);
        messages.add(message);
      },
      onConnection: onState,
      onSuccess: () => void outcomes.push('success'),
      onFailure: ({ message }) => void outcomes.push(message),
      onEnd: resolve,
    });
  });
  return { percents, messages, outcomes };
}

test('a task is started, followed to its end, and listed', async () => {
  const { id } = await client.enqueueTask('process', {});
  const { percents, messages, outcomes } = await follow(id);
  expect(outcomes).toEqual(['success']);
  expect(percents).toEqual([...percents].sort((a, b) => Number(a) - Number(b)));
  expect(percents.at(-1)).toBe(100);
  expect(messages).toContain('Processing batch 2/5');
  expect(await client.getTask(id)).toMatchObject({ status: 'succeeded', name: 'process' });
  // The template sends seconds since the machine started.
  expect(Date.parse((await client.getTask(id)).createdAt)).toBeGreaterThan(Date.UTC(2025, 0));
  expect((await client.listTasks()).tasks.map((task) => task.id)).toContain(id);
});

test('an exception of the task is its failure, with the reason', async () => {
  const { id } = await client.enqueueTask('fail', {});
  expect((await follow(id)).outcomes).toEqual(['no pole here']);
});

test('connections that are cut in between cost nothing', async () => {
  const { id } = await client.enqueueTask('process', {});
  const states: string[] = [];
  const followed = follow(id, ({ state }) => {
    states.push(state);
    if (state === 'live' && !states.includes('reconnecting')) void fetch(`${url}/cut`);
  });
  expect((await followed).outcomes).toEqual(['success']);
  expect(states).toEqual(['connecting', 'live', 'reconnecting', 'connecting', 'live', 'closed']);
});

test('a task that is not there fails once, though the template answers 500', async () => {
  expect((await follow('nothing')).outcomes).toEqual(['There is no task "nothing" under this client token']);
});

test('a watch brings the tasks of its client token, and no other', async () => {
  const seen = new Map<string, TaskSnapshot>();
  const watch = client.watchTasks(
    { status: 'finished' },
    { onTask: (task) => seen.set(task.id, task), onGone() {} },
  );
  const { watchCursor } = await client.listTasks();
  expect(watchCursor).toBeTypeOf('string');
  await fetch(`${url}/start/tab-2/process`, { method: 'POST' });
  const { id } = await client.enqueueTask('process', {});
  await expect.poll(() => seen.get(`${id}`)?.status, { timeout: 15_000 }).toBe('succeeded');
  watch.close();
  expect([...seen.keys()]).toEqual([id]);
});
