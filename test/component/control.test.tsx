// Tests the dialog's panel and the task monitor on a service with the control protocol, through createControlClient.
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createControlClient } from 'lrt-plugin/client';
import { createTaskSession, MessagesProvider, TaskPanel } from 'lrt-plugin/parts';
import { expect, onTestFinished, test } from 'vitest';
import { createService } from '../../server/src/service/createService.ts';
import { longRunning, type ServiceControls } from '../../server/src/service/methods.ts';
import { TaskMonitor } from '../../src/monitor/index.ts';
import { settled } from '../support/dialog/settled.ts';

/** A service with one method, whose work the test drives. */
function openService(canCancel: boolean) {
  const work = Promise.withResolvers<unknown>();
  let controls: ServiceControls | undefined;
  const service = createService({
    methods: {
      Slopes: longRunning((_, given) => {
        controls = given;
        given.signal.addEventListener('abort', () => work.reject(given.signal.reason));
        return work.promise;
      }),
    },
  });
  onTestFinished(() => service.close());
  const system = createControlClient({
    baseUrl: 'http://service.test',
    canCancel,
    fetch: (input, init) => service.fetch(new Request(input, init)),
  });
  return { system, work, report: (percent: number) => controls?.updateProgress(percent) };
}

function openPanel(canCancel: boolean) {
  const service = openService(canCancel);
  const session = createTaskSession({
    app: { system: service.system },
    taskName: 'Slopes',
    pluginId: 'slopes',
  });
  onTestFinished(() => session.dispose());
  render(
    <MessagesProvider app={{}} group="SLOPES" language="en">
      <TaskPanel session={session} setup={<p>ready</p>} />
    </MessagesProvider>,
  );
  return { session, ...service };
}

test('the dialog shows a task from its start to its end, and no Cancel that the service does not offer', async () => {
  const { session, work, report } = openPanel(false);
  await act(() => session.start({}));
  report(40);
  await expect.poll(() => screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40');
  expect(screen.queryByRole('button', { name: /^Cancel/ })).toBeNull();
  act(() => work.resolve({ steepest: 12 }));
  await expect
    .poll(() => session.getState().task)
    .toMatchObject({ status: 'succeeded', result: { steepest: 12 } });
});

test('Cancel reaches a service that offers it', async () => {
  const { session } = openPanel(true);
  await act(() => session.start({}));
  await settled();
  await userEvent.click(await screen.findByRole('button', { name: /^Cancel/ }));
  await expect.poll(() => session.getState().task?.status).toBe('cancelled');
});

test('the monitor lists what the client started, and says why it failed', async () => {
  const { system, work } = openService(false);
  render(<TaskMonitor app={{ system }} />);
  await act(() => system.enqueueTask('Slopes', {}));
  await expect
    .poll(() => screen.queryAllByRole('row').map((row) => row.getAttribute('aria-label')))
    .toEqual([expect.stringMatching(/^Slopes, Running/)]);
  act(() => work.reject(new Error('no <b>terrain</b> here')));
  await screen.findByText(/no <b>terrain<\/b> here/, {}, { timeout: 20_000 });
});
