// Tests that errors are known across two copies of the package, as a page has them where two plugins bundle it.
import { describe, expect, it, vi } from 'vitest';
import { isTaskRefusal } from '../../../backend/common/TaskRefusal.ts';
import { openEventStream } from '../../../src/client/index.ts';
import { isTaskClientError, TaskClientError } from '../../../src/client/TaskClientError.ts';
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
  it('is known, and other errors are not', async () => {
    const other = await otherCopy();
    expect(isTaskClientError(new other.TaskClientError({ code: 'network', message: 'down' }))).toBe(true);
    expect(isTaskRefusal(new other.TaskRefusal({ code: 'too-deep', message: '9 m' }))).toBe(true);
    for (const thrown of [new Error('x'), new TypeError('x'), null, undefined, 'TaskClientError', [], {}]) {
      expect(isTaskClientError(thrown)).toBe(false);
      expect(isTaskRefusal(thrown)).toBe(false);
    }
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
