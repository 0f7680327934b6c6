// Tests the monitor in bad times: thousands of tasks at once, no network, no storage, tasks that go, and clocks that are wrong.
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMonitorSystem, type MonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import type { HostMap } from '../../../src/host/contract.ts';
import { TaskMonitor, type TaskMonitorProps } from '../../../src/monitor/index.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const running = {
  status: 'running' as const,
  startedAt: ago(9),
  progress: { percent: 48, step: 4, stepCount: 5, message: '', done: 958, total: 2000 },
};
const failed = { status: 'failed' as const, error: { code: 'x', message: 'Disk full' }, finishedAt: ago(5) };
const show = (system: MonitorSystem, props: Partial<TaskMonitorProps> = {}) =>
  render(<TaskMonitor app={{ system: system.client }} user="mara" {...props} />);
/** Opens the menu of a row: its buttons are fetched after the list. */
async function openMenu(row: HTMLElement) {
  fireEvent.pointerEnter(row);
  fireEvent.click(await within(row).findByRole('button', { name: 'More' }));
}

test('5,000 tasks that arrive at once are one drawing of the list, and few rows', async () => {
  const system = createMonitorSystem();
  show(system);
  await screen.findByText('Nothing runs and nothing waits');
  act(() => {
    for (let at = 0; at < 5_000; at += 1) system.put({ id: `t${at}`, ...running });
  });
  expect(await screen.findByText('5000', { selector: '[role=presentation] span' })).toBeTruthy();
  expect(screen.getAllByRole('row').length).toBeLessThan(30);
  act(() => void system.put({ id: 't4999', progress: { ...running.progress, percent: 63 } }));
  expect(await screen.findByText('63%')).toBeTruthy();
});

test('without a network the rows stay in grey, and the list says as of when', async () => {
  const onLine = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
  onTestFinished(() => onLine.mockRestore());
  const system = createMonitorSystem();
  system.put({ id: 'a', ...running });
  const { container } = show(system);
  await screen.findByText('48%');
  onLine.mockReturnValue(false);
  act(() => void dispatchEvent(new Event('offline')));
  expect(screen.getByText(/^You are offline. Tasks go on at the server/)).toBeTruthy();
  expect(container.querySelector('[data-bar=reconnecting]')).not.toBeNull();
  onLine.mockReturnValue(true);
  act(() => void dispatchEvent(new Event('online')));
  expect(screen.queryByText(/^You are offline/)).toBeNull();
  expect(container.querySelector('[data-bar=running]')).not.toBeNull();
});

test('where the browser refuses storage, tasks have their colours all the same', async () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const storage = vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(refuse);
  onTestFinished(() => storage.mockRestore());
  const system = createMonitorSystem();
  system.put({ id: 'a', ...running });
  const map: HostMap = {
    getBounds: () => [0, 0, 1, 1],
    fitBounds() {},
    zoomTo() {},
    taskOverlay: { add() {}, settle() {}, remove() {} },
  };
  const { container } = show(system, { app: { system: system.client, map } });
  await screen.findByText('48%');
  await vi.waitFor(() => expect(container.querySelector('[data-name] + span, bdi + span')).not.toBeNull());
});

test('a running task that goes while it is pointed at is out of sight, until it is found again', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', ...running });
  system.put({ id: 'b', ...running });
  show(system);
  const grid = await screen.findByRole('grid');
  fireEvent.pointerEnter(grid);
  act(() => {
    for (const watch of system.watches) watch.onGone('a');
  });
  expect(
    await screen.findByText(/^The task is out of sight\. It may still be running\. Last seen /),
  ).toBeTruthy();
  expect(screen.getAllByRole('row')).toHaveLength(2);
  fireEvent.click(await screen.findByRole('button', { name: 'Look again' }));
  await vi.waitFor(() => expect(screen.queryByText(/^The task is out of sight/)).toBeNull());
  act(() => system.gone('a'));
  fireEvent.click(await screen.findByRole('button', { name: 'Look again' }));
  expect(await screen.findByRole('alert')).toBeTruthy();
  fireEvent.pointerLeave(grid);
  await vi.waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(1));
});

test('a task that retention removes while it is pointed at keeps its row, and goes afterwards', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', ...failed });
  show(system);
  const grid = await screen.findByRole('grid');
  fireEvent.pointerEnter(grid);
  act(() => system.gone('a'));
  await vi.waitFor(() => expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull());
  expect(screen.getByText('Disk full')).toBeTruthy();
  fireEvent.pointerLeave(grid);
  await vi.waitFor(() => expect(screen.queryByText('Disk full')).toBeNull());
});

test.each([3600, -3600])(
  'with a server clock that is %i seconds off, a new task has run for seconds',
  async (off) => {
    const system = createMonitorSystem();
    system.put({ id: 'old', ...running, createdAt: ago(60 + off), startedAt: ago(50 + off) });
    show(system);
    await screen.findByText('48%');
    await vi.waitFor(() => expect(system.watches.size).toBe(1));
    // The clock is known from the first change that comes live, two seconds after the connection.
    const now = vi.spyOn(Date, 'now');
    onTestFinished(() => now.mockRestore());
    const real = performance.timeOrigin + performance.now();
    now.mockImplementation(() => real + 5_000);
    const started = new Date(real + 5_000 - off * 1000).toISOString();
    act(() => void system.put({ id: 'new', ...running, createdAt: started, startedAt: started }));
    await vi.waitFor(() => {
      const times = screen
        .getAllByText(/sec|min|hr/, { selector: 'time' })
        .map(({ textContent }) => textContent);
      expect(times[0]).toMatch(/^\d sec/);
    });
  },
);

test('says that the design was changed or deleted since', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', ...failed, designChangedAt: ago(3) });
  system.put({ id: 'b', ...failed, designChangedAt: ago(3), designDeletedAt: ago(1) });
  system.put({ id: 'c', ...failed });
  show(system);
  expect((await screen.findAllByText('Design changed since')).length).toBe(1);
  expect(screen.getAllByText('Design deleted').length).toBe(1);
});

test('the menu of a row opens the parameters filled in, and starts another run with what was changed', async () => {
  const system = createMonitorSystem();
  const enqueue = vi.spyOn(system.client, 'enqueueTask');
  system.put({ id: 'a', ...failed, params: { design: 'design/FTTH-North', count: 200 } });
  show(system);
  await openMenu(await screen.findByRole('row'));
  fireEvent.click(await screen.findByText('Run again'));
  const field = await screen.findByRole('textbox');
  expect(JSON.parse(field.textContent ?? '')).toEqual({ design: 'design/FTTH-North', count: 200 });
  fireEvent.change(field, { target: { value: '{"design":"design/FTTH-North","count":50}' } });
  fireEvent.click(screen.getByRole('button', { name: 'Start the run' }));
  await vi.waitFor(() =>
    expect(enqueue).toHaveBeenCalledWith(
      'customer_connection_task',
      { design: 'design/FTTH-North', count: 50 },
      { tags: [] },
    ),
  );
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a host’s own form gets the task that is to run again', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', ...failed });
  const onRunAgain = vi.fn();
  show(system, { onRunAgain });
  await openMenu(await screen.findByRole('row'));
  fireEvent.click(await screen.findByText('Run again'));
  expect(onRunAgain).toHaveBeenCalledWith(expect.objectContaining({ id: 'a' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('the menu of a row opens the log, and Escape leads back to the list', async () => {
  const system = createMonitorSystem();
  system.client.listLog = async () => ({
    lines: [{ level: 'warning', message: 'no pole within 80 m', at: ago(3), attempt: 1 }],
    hasMore: false,
    cursor: '1',
  });
  system.put({ id: 'a', ...failed });
  const onClose = vi.fn();
  show(system, { onClose });
  await openMenu(await screen.findByRole('row'));
  fireEvent.click(await screen.findByText('Log'));
  const sheet = await screen.findByRole('dialog', { name: /^Log · Customer connections · FTTH-North$/ });
  expect(await within(sheet).findByText('no pole within 80 m')).toBeTruthy();
  fireEvent.keyDown(within(sheet).getByRole('button', { name: 'Back' }), { key: 'Escape' });
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(onClose).not.toHaveBeenCalled();
});

test('the list is filtered by several states, and by a design of the chip’s menu', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', ...running });
  system.put({ id: 'b', params: { design: 'design/FTTH-East' } });
  const onFilter = vi.fn();
  const { rerender } = show(system, { onFilter, filter: {} });
  await screen.findByRole('grid');
  fireEvent.click(screen.getByRole('button', { name: 'All filters' }));
  const states = await screen.findByRole('combobox', { name: 'State' });
  fireEvent.mouseDown(states);
  fireEvent.click(await screen.findByText('Running', { selector: '.ant-select-item-option-content' }));
  expect(onFilter).toHaveBeenLastCalledWith({ states: ['running'] });
  rerender(
    <TaskMonitor
      app={{ system: system.client }}
      user="mara"
      onFilter={onFilter}
      filter={{ states: ['running'] }}
    />,
  );
  fireEvent.click(screen.getByText('Waiting', { selector: '.ant-select-item-option-content' }));
  expect(onFilter).toHaveBeenLastCalledWith({ states: ['running', 'queued'] });
  fireEvent.click(screen.getByRole('button', { name: /^Design: Any/ }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'FTTH-East' }));
  expect(onFilter).toHaveBeenLastCalledWith({ states: ['running'], design: 'FTTH-East' });
});
