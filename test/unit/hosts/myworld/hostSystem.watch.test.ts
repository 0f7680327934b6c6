// Tests that a watch of the host's own client reaches the plugin.
import { expect, test, vi } from 'vitest';
import { hostSystem } from '../../../../src/hosts/myworld/hostSystem.ts';

const required = { enqueueTask: () => ({ id: 1 }), streamTaskProgress: () => ({ close() {} }) };
const handlers = () => ({ onTask: vi.fn(), onGone: vi.fn(), onError: vi.fn() });

test('a host that cannot watch has no watch, and one that can is asked as our own client is', () => {
  expect(hostSystem({ ...required })?.watchTasks).toBeUndefined();
  const close = vi.fn();
  const host = {
    ...required,
    seen: [] as unknown[],
    watchTasks(...call: unknown[]) {
      this.seen.push(call);
      return { close };
    },
  };
  const ours = handlers();
  const stream = hostSystem(host)?.watchTasks?.({ status: 'active' }, ours, { after: 'e.1' });
  expect(host.seen).toEqual([[{ status: 'active' }, ours, { after: 'e.1' }]]);
  stream?.close();
  expect(close).toHaveBeenCalledOnce();
});

test('a watch that throws is an error of the watch, so that the list is polled', async () => {
  const host = {
    ...required,
    watchTasks() {
      throw new Error('not here');
    },
  };
  const ours = handlers();
  hostSystem(host)?.watchTasks?.({}, ours)?.close();
  await vi.waitFor(() =>
    expect(ours.onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'not here' })),
  );
});

test('the cursors of a host’s list reach the plugin', async () => {
  const host = { ...required, listTasks: () => ({ tasks: [], nextCursor: 'n', watchCursor: 'w' }) };
  expect(await hostSystem(host)?.listTasks?.()).toEqual({ tasks: [], nextCursor: 'n', watchCursor: 'w' });
});
