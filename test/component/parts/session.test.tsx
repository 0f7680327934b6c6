// Tests the session of an author's plugin: on the mock backend, and on a host whose task server answers nonsense.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { createMockBackend, defineTask, TaskRefusal } from '../../../mocks/index.ts';
import { createTaskClient } from '../../../src/client/index.ts';
import type { GeoFeature } from '../../../src/contract/index.ts';
import {
  createTaskSession,
  type SessionHost,
  type TaskOverlay,
  type TaskSessionOptions,
} from '../../../src/parts/index.ts';
import { catchUncaught } from '../../support/client/catchUncaught.ts';

/** A task that waits at half of its way until the test lets it go on. */
function labelPoles() {
  let goOn = () => {};
  const allowed = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const definition = defineTask({
    name: 'label_poles',
    timeoutSeconds: 60,
    params: z.strictObject({ design: z.string(), prefix: z.string().max(5) }),
    async execute({ prefix }, { progress, signal }) {
      await progress({ percent: 50, step: 1, done: 1, total: 2 });
      await Promise.race([
        allowed,
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ]);
      if (prefix === 'none') throw new TaskRefusal({ code: 'no-poles', message: 'design/X has no poles' });
      return { labelled: 2 };
    },
  });
  return { definition, goOn: () => goOn() };
}

const ORIGIN = 'http://tasks.test/lrt';

/** The application of an author's plugin on the mock backend, without a service worker between the two. */
async function application() {
  const task = labelPoles();
  const backend = await createMockBackend({ tasks: [task.definition] });
  const handlers = backend.handlers(ORIGIN);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    for (const handler of handlers) {
      const result = await handler.run({ request, requestId: crypto.randomUUID() });
      if (result?.response) return result.response;
    }
    throw new TypeError('Failed to fetch');
  };
  const app: SessionHost = { system: createTaskClient({ baseUrl: ORIGIN, fetch }) };
  return { app, ...task };
}

function open(app: SessionHost, options: Partial<TaskSessionOptions> = {}) {
  const session = createTaskSession({ app, taskName: 'label_poles', pluginId: 'labelPoles', ...options });
  onTestFinished(() => {
    session.dispose();
    localStorage.clear();
  });
  return { session, task: () => session.getState().task };
}

const PARAMS = { design: 'design/X', prefix: 'N-' };

describe('a session on the mock backend', () => {
  test('runs a task from its start to its result, and tells its listeners', async () => {
    const { app, goOn } = await application();
    const { session, task } = open(app);
    const heard: (string | undefined)[] = [];
    session.subscribe(() => heard.push(task()?.status));
    await session.start(PARAMS);
    await expect.poll(() => task()?.progress.percent).toBe(50);
    expect(task()).toMatchObject({ name: 'label_poles', params: PARAMS, connection: { state: 'live' } });
    goOn();
    await expect.poll(() => task()?.status).toBe('succeeded');
    expect(task()?.result).toEqual({ labelled: 2 });
    expect(heard.at(-1)).toBe('succeeded');
    session.dismiss();
    expect(task()).toBeUndefined();
  });

  test('says what was refused, and queues nothing', async () => {
    const { app } = await application();
    const { session } = open(app);
    await session.start({ design: 'design/X', prefix: 'much too long' });
    expect(session.getState()).toMatchObject({
      starting: false,
      refusal: { code: 'invalid-params', parameters: [{ parameter: 'prefix' }] },
    });
    expect(session.getState().task).toBeUndefined();
  });

  test('cancels, fails and tries again', async () => {
    const { app, goOn } = await application();
    const { session, task } = open(app);
    await session.start({ ...PARAMS, prefix: 'none' });
    await expect.poll(() => task()?.progress.percent).toBe(50);
    expect(session.getState().canCancel).toBe(true);
    await session.cancel();
    await expect.poll(() => task()?.status).toBe('cancelled');
    goOn();
    await session.retry();
    await expect.poll(() => task()?.error).toMatchObject({ code: 'no-poles' });
    expect(session.canRetry()).toBe(true);
  });

  test('finds the task again after a reload, and two plugins do not meet', async () => {
    const { app } = await application();
    const before = open(app);
    await before.session.start(PARAMS);
    const id = before.task()?.id;
    before.session.dispose();
    const after = open(app);
    const other = open(app, { taskName: 'other_task', pluginId: 'other' });
    await Promise.all([after.session.restore(), other.session.restore()]);
    expect(after.task()?.id).toBe(id);
    expect(other.task()).toBeUndefined();
    await expect.poll(() => after.task()?.progress.percent).toBe(50);
  });
});

describe('a session on a host that is not ours', () => {
  test('is not available before the application has its task server, and then it is', async () => {
    const app: SessionHost = {};
    const { session } = open(app);
    expect(session.getState().available).toBe(false);
    await session.restore();
    await session.start(PARAMS);
    app.system = createFakeSystem().client;
    expect(session.getState()).toMatchObject({ available: true, canCancel: true });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('down');
      },
      'down',
    ],
    [
      'resolves undefined',
      async () => undefined,
      'enqueueTask("label_poles") resolved without the id of a task',
    ],
  ])('tells it where enqueueTask %s', async (_, enqueueTask, message) => {
    const system = { ...createFakeSystem({ minimal: true }).client, enqueueTask: enqueueTask as never };
    const { session } = open({ system });
    await session.start(PARAMS);
    expect(session.getState().refusal?.message).toContain(message);
  });

  test('tells it where retryTask resolves without a task', async () => {
    const system = createFakeSystem();
    const { session, task } = open({ system: { ...system.client, retryTask: async () => ({}) as never } });
    await session.start(PARAMS);
    system.task.fail({ code: 'timeout', message: 'late' });
    expect(task()?.status).toBe('failed');
    await session.retry();
    expect(session.getState().refusal?.message).toContain('retryTask resolved without the id of a task');
  });

  test('a map that throws does not stop the task', async () => {
    const uncaught = catchUncaught();
    const broken = () => {
      throw new Error('no canvas');
    };
    const system = createFakeSystem();
    const { session, task } = open(
      { system: system.client },
      { overlay: { add: broken, settle: broken, remove: broken } },
    );
    await session.start(PARAMS);
    system.task.run();
    system.task.succeed();
    expect(task()?.status).toBe('succeeded');
    await expect.poll(() => uncaught.messages()).toEqual(['no canvas']);
  });

  test('leaves no stream and no listener, and the task runs on', async () => {
    const system = createFakeSystem();
    const { session } = open({ system: system.client });
    const listener = vi.fn();
    session.subscribe(listener);
    await session.start(PARAMS);
    const told = listener.mock.calls.length;
    session.dispose();
    system.task.run({ percent: 10 });
    expect(system.openStreams).toBe(0);
    expect(system.calls.map(({ method }) => method)).not.toContain('cancelTask');
    expect(listener).toHaveBeenCalledTimes(told);
    await session.start(PARAMS);
    expect(system.tasks).toHaveLength(1);
  });
});

describe('a result with a type', () => {
  async function succeededWith(parseResult: (result: unknown) => { labelled: number }) {
    const { app, goOn } = await application();
    const session = createTaskSession<{ design: string; prefix: string }, { labelled: number }>({
      app,
      taskName: 'label_poles',
      pluginId: 'labelPoles',
      parseResult,
    });
    onTestFinished(() => {
      session.dispose();
      localStorage.clear();
    });
    await session.start({ design: 'design/X', prefix: 'N-' });
    goOn();
    await expect.poll(() => session.getState().task?.status).toBe('succeeded');
    return session.getState();
  }

  test('is what the plugin makes of the server’s answer', async () => {
    const { task } = await succeededWith(z.object({ labelled: z.int() }).parse);
    expect(task?.result?.labelled).toBe(2);
  });

  test('that the plugin cannot use is left out, and the page hears why; the success counts', async () => {
    const uncaught = catchUncaught();
    const { task } = await succeededWith(() => {
      throw new TypeError('no number of poles');
    });
    expect(task).not.toHaveProperty('result');
    await expect.poll(() => uncaught.messages()).toEqual(['no number of poles']);
  });
});

describe('results that are no records', () => {
  const area: GeoFeature = {
    type: 'Feature',
    id: 'area/1',
    geometry: { type: 'Point', coordinates: [10, 48] },
    properties: { table: 'area' },
  };

  /** An overlay that notes down what it is asked for. A snapshot without results, after a new connection, adds nothing. */
  function recorder() {
    const calls: unknown[][] = [];
    const overlay: TaskOverlay = {
      add: (id, features, options) => {
        if (features.length > 0) calls.push(['add', id, features, options]);
      },
      settle: (...call) => void calls.push(['settle', ...call]),
      remove: (...call) => void calls.push(['remove', ...call]),
    };
    return { calls, overlay };
  }

  async function succeeded(keepOnMap: TaskSessionOptions['keepOnMap']) {
    const { app, goOn } = await application();
    const { calls, overlay } = recorder();
    const { session, task } = open(app, { overlay, keepOnMap });
    await session.start(PARAMS);
    goOn();
    await expect.poll(() => task()?.status).toBe('succeeded');
    return { session, calls, id: task()?.id };
  }

  test('stay on the map when the user starts another task, until the user clears the map', async () => {
    const { session, calls, id } = await succeeded(true);
    session.dismiss();
    expect(calls).toEqual([['settle', id, { keep: true }]]);
    session.clearMap();
    session.clearMap();
    expect(calls.slice(1)).toEqual([['remove', id]]);
  });

  test('may be made from the result, and go when the plugin goes', async () => {
    const { session, calls, id } = await succeeded((result) => (result ? [area] : []));
    expect(calls).toEqual([
      ['add', id, [area], { replace: true }],
      ['settle', id, { keep: true }],
    ]);
    session.dispose();
    expect(calls.slice(2)).toEqual([['remove', id]]);
  });

  test('are settled like records where the author says nothing', async () => {
    const { session, calls, id } = await succeeded(undefined);
    session.clearMap();
    expect(calls).toEqual([['settle', id]]);
  });
});
