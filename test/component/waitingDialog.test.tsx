// Tests what the dialog says of a task beyond its events: why it waits, and who cancelled it; and the link to its run.
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin } from 'lrt-plugin';
import { createApplication, HostProvider } from 'lrt-plugin/host';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../harness/fakeSystem.ts';
import type { TaskSnapshot } from '../../src/contract/index.ts';

/** A panel with a task, on a server that answers `getTask` with what the test says. */
async function show(snapshot: Partial<TaskSnapshot>) {
  const system = createFakeSystem();
  system.add({ name: 'inspect_poles', params: { design: 'design/FTTH-North' }, ...snapshot });
  const answer: { task: Partial<TaskSnapshot> } = { task: {} };
  const getTask = vi.fn(async () => ({ ...system.task.snapshot, ...answer.task }));
  const session = createTaskSession({
    app: { system: Object.assign(system.client, { getTask }) },
    taskName: 'inspect_poles',
    pluginId: 'inspectPoles',
  });
  onTestFinished(() => session.dispose());
  answer.task = snapshot;
  render(
    <MessagesProvider app={{}} group="INSPECT_POLES">
      <TaskPanel session={session} setup={<p>ready</p>} />
    </MessagesProvider>,
  );
  await session.restore();
  return { system, task: system.task, session, answer, getTask };
}

test('a queued task says its place, when it may start, and the reason', async () => {
  const heldBy = { id: 'other', name: 'customer_connection_task' };
  await show({
    waiting: { reason: 'exclusive', queue: 'default', place: 2, heldBy, startsInSeconds: [8, 20] },
  });
  await screen.findByRole('heading', { name: /2nd · starts in 8 to 20 sec$/ });
  screen.getByText('FTTH-North is held by Customer connection');
});

test('a task that nobody takes says so first, and when it starts it says that it runs', async () => {
  const { task } = await show({ queue: 'reports', waiting: { reason: 'no-worker', queue: 'reports' } });
  await screen.findByRole('heading', { name: /No worker takes tasks of the queue “reports”$/ });
  task.run();
  await screen.findByRole('heading', { name: /Running$/ });
});

test('what a server says that the client does not understand is left out', async () => {
  const odd = { reason: 'weather', place: 'first' };
  const { getTask } = await show({ waiting: odd as never });
  await waitFor(() => expect(getTask).toHaveBeenCalled());
  await screen.findByRole('heading', { name: /Waiting for a free worker$/ });
});

test.each([
  [{ cancelledBy: 'Jonas Weber' }, 'Cancelled by Jonas Weber'],
  [{ cancelledBy: 'planner' }, 'Cancelled by you'],
  [{}, 'The task was cancelled'],
])('a cancelled task says by whom: %o', async (given, words) => {
  const { task, answer, getTask } = await show({});
  task.run();
  answer.task = { status: 'cancelled', ...given };
  const calls = getTask.mock.calls.length;
  task.cancelled();
  await waitFor(() => expect(getTask.mock.calls.length).toBeGreaterThan(calls));
  await screen.findByRole('heading', { name: new RegExp(`${words}$`) });
  screen.getByText('Nothing was stored.');
});

test.each([
  ['the owner, and the user is an administrator', 'mara', 'admin', 'Cancelled by mara'],
  ['the user, in the task of somebody else', 'admin', 'admin', 'Cancelled by you'],
  ['somebody, and the server does not say who the user is', 'mara', undefined, 'Cancelled by mara'],
])('a task was cancelled by: %s', async (_, cancelledBy, user, words) => {
  const { system, task, answer } = await show({ owner: 'mara' });
  const listTasks = vi.spyOn(system.client, 'listTasks');
  listTasks.mockImplementation(async () => {
    if (user === undefined) throw { code: 'internal', message: 'broken' };
    return { tasks: [{ ...task.snapshot, owner: user }] };
  });
  task.run();
  answer.task = { status: 'cancelled', cancelledBy };
  task.cancelled();
  await screen.findByRole('heading', { name: new RegExp(`${words}$`) });
});

test('the title of a task is a link to its run, where the host opens runs', async () => {
  const system = createFakeSystem();
  const app = createApplication({ system: system.client });
  onTestFinished(() => app.dispose());
  const openRun = vi.fn();
  app.registerPlugin('lrtPlugin', LrtPlugin, { openRun });
  render(<HostProvider app={app}>{null}</HostProvider>);
  const plugin = app.plugins.lrtPlugin;
  if (!(plugin instanceof LrtPlugin)) throw new Error('no plugin');
  plugin.showModal();
  const dialog = await screen.findByRole('dialog', { name: 'Customer connections' });
  expect(dialog.querySelector('[title="Open run"]')).toBeNull();
  system.add({ id: 'run-7' }).run();
  plugin.remove();
  app.unregisterPlugin('lrtPlugin');
  app.registerPlugin('lrtPlugin', LrtPlugin, { openRun });
  const again = app.plugins.lrtPlugin;
  if (!(again instanceof LrtPlugin)) throw new Error('no plugin');
  again.showModal();
  await userEvent.setup().click(await screen.findByTitle('Open run'));
  expect(openRun).toHaveBeenCalledWith('run-7');
});
