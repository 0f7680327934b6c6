// Tests the dialog's panel and the task monitor on a Reflex server, through createReflexClient: they show what the protocol
// carries, and offer no button for what it does not.
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin } from 'lrt-plugin';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TaskMonitor } from '../../src/monitor/index.ts';
import { fakeReflexServer } from '../support/client/fakeReflexServer.ts';
import { reflexClientOf } from '../support/client/followReflex.ts';
import { settled } from '../support/dialog/settled.ts';

/** A server that starts tasks 'a', 'b' ... by a call of its own, and its client. */
function openServer(commands: { cancelTask?(): Promise<void> } = {}) {
  const server = fakeReflexServer();
  let count = 0;
  const system = reflexClientOf(server, {
    commands: {
      async enqueueTask() {
        const id = String.fromCharCode(97 + count++);
        server.set(id, { status: 'STARTING', progress: 0 });
        return { id };
      },
      ...commands,
    },
  });
  return { server, system };
}

/** The panel of a task on such a server. */
function openPanel(commands: Parameters<typeof openServer>[0] = {}) {
  const { server, system } = openServer(commands);
  const session = createTaskSession({ app: { system }, taskName: 'process_data', pluginId: 'process' });
  onTestFinished(() => session.dispose());
  render(
    <MessagesProvider app={{}} group="PROCESS" language="en">
      <TaskPanel session={session} setup={<p>ready</p>} />
    </MessagesProvider>,
  );
  return { server, session, system };
}

test('the dialog shows a task from its start to its end, and a lost connection in between', async () => {
  const { server, session } = openPanel();
  await act(() => session.start({}));
  await expect.poll(() => server.open.length).toBe(1);
  act(() => server.set('a', { status: 'Processing batch 2/5', progress: 40 }));
  await screen.findByText('Processing batch 2/5');
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
  expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull();

  server.tasks.a = { status: 'Processing batch 4/5', progress: 80 };
  act(() => server.latest.closes());
  await screen.findByText('Processing batch 4/5');
  // A late state does not take the bar back.
  act(() => server.set('a', { status: 'Processing batch 4/5', progress: 20 }));
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('80');

  act(() => server.set('a', { status: 'FINISHED', progress: 100 }));
  await expect.poll(() => session.getState().task?.status).toBe('succeeded');
  expect(server.open).toEqual([]);
});

test('the dialog shows why a task failed, and markup in it as text', async () => {
  const { server, session } = openPanel();
  await act(() => session.start({}));
  await expect.poll(() => server.open.length).toBe(1);
  act(() => server.set('a', { status: 'ERROR: no <b>pole</b> here' }));
  expect(await screen.findByText(/no <b>pole<\/b> here/)).toBeTruthy();
});

test('Cancel is there where the server offers it', async () => {
  let cancelled = 0;
  const { server, session } = openPanel({
    async cancelTask() {
      cancelled += 1;
      server.set('a', { status: 'CANCELLED' });
    },
  });
  await act(() => session.start({}));
  await expect.poll(() => server.open.length).toBe(1);
  const cancel = await screen.findByRole('button', { name: /^Cancel/ });
  await settled();
  await userEvent.click(cancel);
  await expect.poll(() => session.getState().task?.status).toBe('cancelled');
  expect(cancelled).toBe(1);
});

test('the dialog of customer connections runs on it: what the protocol does not carry, it leaves out', async () => {
  const { server, system } = openServer();
  const app = createApplication({
    system,
    plugins: { connections: [LrtPlugin, { count: 20 }] },
    toolbar: ['connections.dialog'],
  });
  onTestFinished(() => app.dispose());
  render(
    <HostProvider app={app}>
      <Toolbar />
    </HostProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: /^Customer connections/ }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Customer connections' }));
  act(() =>
    app.setCurrentFeature({
      id: 7,
      getType: () => 'pole',
      getUrn: () => 'pole/7',
      getTitle: () => 'P-007',
      properties: { name: 'P-007', design: 'design/FTTH-North' },
      geometry: { type: 'Point', coordinates: [10.1, 48.8] },
      _myw: { title: 'P-007', delta: 'design/FTTH-North' },
    }),
  );
  const create = await dialog.findByRole('button', { name: 'Create connections' });
  await vi.waitFor(() => expect(create).toHaveProperty('disabled', false));
  await settled();
  await userEvent.click(create);
  await expect.poll(() => server.open.length).toBeGreaterThan(0);
  act(() => server.set('a', { status: 'Starting with pole P-007', progress: 10 }));
  await dialog.findByText('Starting with pole P-007');
  act(() => server.set('a', { status: 'FINISHED', progress: 100 }));
  await dialog.findByRole('button', { name: 'Start another' });
  expect(dialog.queryByText(/NaN|undefined/)).toBeNull();
});

test('the monitor lists the tasks of the client token, and those that come later', async () => {
  const server = fakeReflexServer();
  server.set('a', { status: 'Processing', progress: 10, name: 'Dig a trench' });
  render(<TaskMonitor app={{ system: reflexClientOf(server) }} language="en" />);
  await screen.findByText(/Dig a trench/);
  await expect.poll(() => server.open.length).toBe(1);
  act(() => server.set('b', { status: 'NOT_STARTED', progress: 0, name: 'Hang a cable' }));
  await screen.findByText(/Hang a cable/);
});
