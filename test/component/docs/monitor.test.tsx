// Tests the snippets of docs/monitor.md by what a user sees and does.
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
import { createApplication, HostProvider, Toolbar } from 'lrt-plugin/host';
import { createMockBackend } from 'lrt-plugin/mocks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { createMonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import { LabelPoles } from '../../docs/headlessHooks.tsx';
import { Tasks } from '../../docs/monitorColumn.tsx';
import { app as withButton } from '../../docs/monitorPlugin.ts';
import { Run } from '../../docs/monitorRun.tsx';
import { Workflow } from '../../docs/monitorWorkflow.tsx';
import { quietApplication } from '../../docs/quietPlugin.ts';
import { labelPoles } from '../../docs/task.ts';
import { client, inspection } from '../../docs/workflow.ts';

const design = 'design/FTTH-North';

/** A client of a backend that has the task of docs/plugin.md. */
async function labelling() {
  const backend = await createMockBackend({ tasks: [labelPoles] });
  onTestFinished(() => backend.close());
  return createTaskClient({ baseUrl: 'http://mock', fetch: backend.fetch });
}

test('the plugin: its button opens the monitor in a dialog', async () => {
  render(
    <HostProvider app={withButton}>
      <Toolbar />
    </HostProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Tasks' }));
  await screen.findByRole('dialog', { name: 'Tasks' });
  act(() => withButton.dispose());
});

test('a column: the address opens it with its filter, and changes with it', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', name: 'label_poles', status: 'succeeded', finishedAt: '2026-01-01T00:00:00Z' });
  system.put({ id: 'b', status: 'succeeded', finishedAt: '2026-01-01T00:00:00Z' });
  const app = createApplication({ system: system.client });
  history.replaceState(null, '', '?tasks=finished&q=label&theme=dark');
  onTestFinished(() => {
    act(() => app.dispose());
    history.replaceState(null, '', '?');
  });
  const onOpenRun = vi.fn();
  render(<Tasks app={app} onOpenRun={onOpenRun} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Label poles' }));
  expect(onOpenRun).toHaveBeenCalledWith('a');
  expect(screen.getAllByRole('row')).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Open as a page' }));
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  await screen.findByRole('button', { name: 'Tasks' });
  expect(location.search).toBe('?theme=dark');
});

test('a run and a comparison of two', async () => {
  const system = await labelling();
  const app = createApplication({ system });
  onTestFinished(() => act(() => app.dispose()));
  const run = async (prefix: string) => {
    const { id } = await system.enqueueTask('label_poles', { design, prefix });
    await system.waitFor(id);
    return String(id);
  };
  const [first, second] = [await run('A-'), await run('B-')];
  const props = { app, system, onOpen: vi.fn(), onBack: vi.fn() };
  const { rerender } = render(<Run {...props} address={{ run: first }} />);
  await screen.findAllByText('Poles labelled');
  await userEvent.click(await screen.findByRole('button', { name: 'Compare with…' }));
  expect(props.onOpen).toHaveBeenCalledWith({ run: first, with: '' });
  rerender(<Run {...props} address={{ run: first, with: second }} />);
  await screen.findByText('A-');
  await screen.findByText('B-');
});

test('the hooks: a task of its own, followed to its end', async () => {
  const system = await labelling();
  render(<LabelPoles system={system} design={design} />);
  await screen.findByText('Not ended: 0');
  await userEvent.click(screen.getByRole('button'));
  expect((await screen.findByText(/^succeeded: \d+ poles$/)).textContent).not.toBe('succeeded: 0 poles');
});

test('the page says nothing of tasks where all of it is turned off', async () => {
  document.title = 'Network planner';
  const { client, add } = createFakeSystem({ watches: true });
  const quiet = quietApplication(client);
  add().run({ percent: 48 });
  // Another plugin says it, and when that one is gone, nobody does.
  const loud = createApplication({ system: client, plugins: { lrtPlugin: LrtPlugin } });
  await vi.waitFor(() => expect(document.title).toBe('48% · Network planner'));
  act(() => loud.dispose());
  expect(document.title).toBe('Network planner');
  act(() => quiet.dispose());
});

test('a workflow: its graph with what is wrong with it, and then its run', async () => {
  const app = createApplication({ system: client });
  onTestFinished(() => act(() => app.dispose()));
  const { rerender } = render(<Workflow app={app} system={client} runId={undefined} />);
  await screen.findByRole('treeitem', { name: /^report, not started, .*Nobody reads it$/ });
  const { id } = await client.enqueueTask('workflow', { graph: inspection(1) });
  rerender(<Workflow app={app} system={client} runId={String(id)} />);
  await screen.findByRole('treeitem', { name: /^report, done, after find, Check the poles$/ });
  await userEvent.click(screen.getByRole('treeitem', { name: /^Check the poles/ }));
  await screen.findByRole('complementary', { name: 'Details of Check the poles' });
  expect(screen.getByRole('button', { name: 'Run again from here' }).getAttribute('aria-disabled')).toBe(
    'false',
  );
});
