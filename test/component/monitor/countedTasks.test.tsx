// Tests the numbers of the monitor's tabs and of its questions, where the server counts tasks that the page has not read.
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMonitorSystem, type MonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import { TaskMonitor, type TaskMonitorProps } from '../../../src/monitor/index.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const END = { status: 'succeeded' as const, finishedAt: ago(9000) };

/** More tasks have ended than one page of a list has. */
function openMany(
  options: Parameters<typeof createMonitorSystem>[0] = { counts: true },
  count = 430,
): MonitorSystem {
  const system = createMonitorSystem(options);
  for (let at = 0; at < count; at += 1) {
    system.put({
      id: `t${at}`,
      ...END,
      ...(at % 10 === 0 && { status: 'failed', error: { code: 'x', message: 'y' } }),
      ...(at % 43 === 0 && { owner: 'jonas' }),
    });
  }
  return system;
}
const show = (system: MonitorSystem, props: Partial<TaskMonitorProps> = {}) =>
  render(<TaskMonitor app={{ system: system.client }} user="mara" {...props} />);
const tab = (name: string) =>
  screen.getByText((_, node) => node?.tagName === 'SPAN' && node.textContent === name);
const made = (system: MonitorSystem, method: string) => system.calls.filter((call) => call.method === method);

test('the tab of finished tasks says their number, also of those that the page has not read', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const system = openMany();
  system.put({ id: 'a', status: 'running' });
  system.put({ id: 'b', status: 'running' });
  show(system);
  await vi.waitFor(() => tab('Finished430'));
  const asked = made(system, 'countTasks').length;
  const end = (id: string) => act(async () => void system.put({ id, ...END, finishedAt: ago(0) }));
  await end('a');
  await end('b');
  // Two ends are one question, after the pause.
  expect(made(system, 'countTasks')).toHaveLength(asked);
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  await vi.waitFor(() => tab('Finished432'));
  expect(made(system, 'countTasks')).toHaveLength(asked + 1);
});

test('where the server cannot count them, the tab says how many were read', async () => {
  show(openMany({}));
  await vi.waitFor(() => tab('Finished200+'));
});

test('where the count fails, the tab says how many were read', async () => {
  const system = openMany();
  for (let at = 0; at < 4; at += 1) system.refuse('countTasks', { code: 'internal', message: 'boom' });
  show(system);
  await vi.waitFor(() => tab('Finished200+'));
});

async function chooseAll(system: MonitorSystem, props: Partial<TaskMonitorProps>, all: string) {
  show(system, props);
  fireEvent.pointerEnter((await screen.findAllByRole('row'))[0] as Element);
  fireEvent.click(screen.getByRole('checkbox'));
  fireEvent.click(await screen.findByRole('button', { name: all }));
}

test('all finished tasks are cleared by the server’s filter, after a question with its own count', async () => {
  const system = openMany();
  await chooseAll(system, { filter: { view: 'finished' } }, 'All 430 that fit the filter');
  expect(screen.getByText('430 selected')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
  const question = await screen.findByRole('alertdialog', { name: 'Clear 430 tasks?' });
  expect(question.textContent).toContain('10 of them were started by others.');
  fireEvent.click(within(question).getByRole('button', { name: 'Clear 430 tasks' }));
  await vi.waitFor(() =>
    expect(made(system, 'bulkTasks').map(({ bulk }) => bulk)).toEqual([
      { action: 'clear', filter: { status: 'finished' } },
    ]),
  );
  expect(made(system, 'clearTask')).toEqual([]);
});

test('a retry of all says the number of those that it would start again', async () => {
  const system = openMany();
  await chooseAll(system, { filter: { view: 'finished', mine: true } }, 'All 420 that fit the filter');
  fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
  const question = await screen.findByRole('alertdialog', { name: 'Retry 42 tasks?' });
  fireEvent.click(within(question).getByRole('button', { name: 'Retry 42 tasks' }));
  await vi.waitFor(() =>
    expect(made(system, 'bulkTasks').map(({ bulk }) => bulk)).toEqual([
      { action: 'retry', filter: { owner: 'me', status: 'finished' } },
    ]),
  );
});

test.each([
  { name: 'a filter that the server does not know', filter: { states: ['failed' as const] }, count: 2 },
  { name: 'a rule of the host', may: () => true, count: 12 },
])('with $name, all are the rows that were read', async ({ filter, may, count }) => {
  const system = openMany({ counts: true }, 12);
  const props = { filter: { view: 'finished' as const, ...filter }, may };
  await chooseAll(system, props, `All ${count} that fit the filter`);
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
  const question = await screen.findByRole('alertdialog', { name: `Clear ${count} tasks?` });
  fireEvent.click(within(question).getByRole('button', { name: `Clear ${count} tasks` }));
  await vi.waitFor(() => expect(made(system, 'bulkTasks')[0]?.bulk?.ids).toHaveLength(count));
});
