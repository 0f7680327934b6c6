// Tests that errors are known across two copies of the package, as a page has them where two plugins bundle it.
import { describe, expect, it, vi } from 'vitest';
import { TaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { openEventStream } from '../../../src/client/index.ts';
import { TaskClientError } from '../../../src/client/TaskClientError.ts';
import { createTaskStore } from '../../../src/client/taskStore.ts';

async function otherCopy() {
  vi.resetModules();
  const [client, backend] = await Promise.all([
    import('../../../src/client/index.ts'),
    import('../../../backend/common/TaskRefusal.ts'),
  ]);
  expect(client.TaskClientError).not.toBe(TaskClientError);
  return { ...client, ...backend };
}

describe('an error of another copy of the package', () => {
  it('is known by instanceof, and other errors are not', async () => {
    const other = await otherCopy();
    expect(new other.TaskClientError({ code: 'network', message: 'down' })).toBeInstanceOf(TaskClientError);
    expect(new other.TaskRefusal({ code: 'too-deep', message: '9 m' })).toBeInstanceOf(TaskRefusal);
    for (const thrown of [new Error('x'), new TypeError('x'), null, undefined, 'TaskClientError', []]) {
      expect(thrown instanceof TaskClientError).toBe(false);
      expect(thrown instanceof TaskRefusal).toBe(false);
    }
  });

  it('does not make every error an instance of a class that an application derives', () => {
    class OurError extends TaskClientError {}
    expect(new OurError({ code: 'network', message: 'down' })).toBeInstanceOf(TaskClientError);
    expect(new OurError({ code: 'network', message: 'down' })).toBeInstanceOf(OurError);
    expect(new TaskClientError({ code: 'network', message: 'down' })).not.toBeInstanceOf(OurError);
  });

  it('leaves a task running: a lost connection is no failed task', async () => {
    const other = await otherCopy();
    const store = createTaskStore({
      enqueueTask: async () => ({ id: 7 }),
      streamTaskProgress(_id, handlers) {
        handlers.onFailure?.(new other.TaskClientError({ code: 'unauthorized', message: 'Sign in again' }));
        return { close() {} };
      },
    });
    store.follow('7');
    expect(store.get('7')).toMatchObject({ status: 'queued', ended: true, error: { code: 'unauthorized' } });
    store.dispose();
  });

  it('ends a stream whose fetch throws it, as our own does', async () => {
    const other = await otherCopy();
    const errors: string[] = [];
    openEventStream('/stream', {
      fetch: async () => {
        throw new other.TaskClientError({ code: 'unauthorized', message: 'Sign in again' });
      },
      onEvent() {},
      onError: ({ code }) => errors.push(code),
    });
    await vi.waitFor(() => expect(errors).toEqual(['unauthorized']));
  });
});
