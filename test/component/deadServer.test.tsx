// Tests that the dialog recovers where a server, or a host's own client, accepts a call and never answers it.
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTaskClient, type SystemClient } from 'lrt-plugin/client';
import { createMockBackend, defineTask } from 'lrt-plugin/mocks';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { settled } from '../support/dialog/settled.ts';

const dig = defineTask({
  name: 'dig',
  params: z.strictObject({}),
  execute: (_params, { signal }) =>
    new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
});

/** The dialog of a task that runs. `wrap` puts something between the session and our client. */
async function openDialog({ fetch, wrap }: { fetch?: typeof globalThis.fetch; wrap?: typeof hanging }) {
  const backend = await createMockBackend({ tasks: [dig] });
  const fetched: typeof globalThis.fetch = (input, init) =>
    init?.method === 'DELETE' && fetch ? fetch(input, init) : backend.fetch(input, init);
  const client = createTaskClient({ baseUrl: 'http://mock', fetch: fetched });
  const system = wrap ? wrap(client) : client;
  const session = createTaskSession({ app: { system }, taskName: dig.name, pluginId: 'dig' });
  onTestFinished(async () => {
    vi.useRealTimers();
    session.dispose();
    localStorage.clear();
    await backend.close();
  });
  render(
    <MessagesProvider app={{}} group="DIG" language="en">
      <TaskPanel session={session} setup={<p>ready</p>} />
    </MessagesProvider>,
  );
  await session.start({});
  const cancel = await screen.findByRole('button', { name: 'Cancel task' });
  await settled();
  return { session, cancel };
}

/** A host's own client whose first cancellation, and first list, never settle. */
function hanging(client: Required<SystemClient>): SystemClient {
  const calls: string[] = [];
  const first = (name: string) => calls.push(name) > 0 && calls.filter((call) => call === name).length === 1;
  return {
    ...client,
    cancelTask: (id) => (first('cancel') ? new Promise(() => {}) : client.cancelTask(id)),
    listTasks: (query) => (first('list') ? new Promise(() => {}) : client.listTasks(query)),
  };
}

async function cancelTwice(cancel: HTMLElement, waitMs: number) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  await user.click(cancel);
  await screen.findByRole('button', { name: 'Cancelling…' });
  await vi.advanceTimersByTimeAsync(waitMs);
  await screen.findByText('The task could not be cancelled');
  await user.click(screen.getByRole('button', { name: 'Cancel task' }));
}

test('Cancel works again after a cancellation that the server did not answer', async () => {
  let answers = false;
  const dead = new Promise<never>(() => {});
  const { cancel } = await openDialog({ fetch: () => (answers ? Promise.resolve(new Response()) : dead) });
  await cancelTwice(cancel, 30_000);
  answers = true;
  await screen.findByRole('button', { name: 'Cancelling…' });
});

test("Cancel works again after a cancellation that the host's own client never settled", async () => {
  const { cancel } = await openDialog({ wrap: hanging });
  await cancelTwice(cancel, 60_000);
  await screen.findByRole('heading', { name: /^(Cancelled by \w+|The task was cancelled)$/ });
});

test('a list that never comes does not keep the remembered task from being found after a reload', async () => {
  const { session } = await openDialog({ wrap: hanging });
  const id = session.getState().task?.id;
  const backend = createTaskClient({ baseUrl: 'http://mock', fetch: () => new Promise(() => {}) });
  const again = createTaskSession({
    app: { system: hanging(backend) },
    taskName: dig.name,
    pluginId: 'dig',
  });
  onTestFinished(() => again.dispose());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const restored = again.restore();
  await vi.advanceTimersByTimeAsync(60_000);
  await restored;
  expect(again.getState().task?.id).toBe(id);
});
