// Tests the task monitor: what a user sees of the server's tasks, and what the buttons of a row do.
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { createMonitorSystem, type MonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import type { SystemClient } from '../../../src/client/index.ts';
import type { HostMap } from '../../../src/host/contract.ts';
import { TaskMonitor, type TaskMonitorProps } from '../../../src/monitor/index.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const running = {
  status: 'running' as const,
  startedAt: ago(9),
  progress: { percent: 48, step: 4, stepCount: 5, message: '', done: 958, total: 2000 },
};

function show(system: MonitorSystem, props: Partial<TaskMonitorProps> = {}) {
  return render(<TaskMonitor app={{ system: system.client }} {...props} />, { wrapper: StrictMode });
}
const rows = () => screen.getAllByRole('row').map((row) => row.getAttribute('aria-label'));

describe('the list', () => {
  test('says what runs, what waits and why, and how tasks ended', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running });
    system.put({ id: 'b', waiting: { reason: 'no-worker', queue: 'reports', place: 1 } });
    system.put({
      id: 'c',
      status: 'failed',
      error: { code: 'x', message: 'Disk full' },
      finishedAt: ago(90),
    });
    system.put({ id: 'd', status: 'succeeded', finishedAt: ago(9000) });
    show(system);
    await screen.findByText('958 / 2,000 addresses connected');
    expect(rows()).toEqual([
      'Customer connections, FTTH-North, Running, 48%',
      'Customer connections, FTTH-North, Waiting, No worker takes tasks of the queue “reports”',
      'Customer connections, FTTH-North, Disk full',
    ]);
    expect(screen.getAllByRole('rowgroup').map((group) => group.getAttribute('aria-label'))).toEqual([
      'Running',
      'Waiting',
      'Ended a moment ago',
    ]);
    expect(screen.getAllByText('FTTH-North', { selector: 'bdi' }).length).toBeGreaterThan(0);
    expect(screen.getByText('48%')).toBeTruthy();
    fireEvent.click(screen.getByText('Finished'));
    expect(await screen.findByText(/ago$/, { selector: 'time' })).toBeTruthy();
    expect(rows()).toHaveLength(2);
  });

  test('follows its tasks, and announces an end', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running });
    show(system);
    await screen.findByText('48%');
    act(() => void system.put({ id: 'a', progress: { ...running.progress, percent: 62 } }));
    await screen.findByText('62%');
    act(() => void system.put({ id: 'a', status: 'succeeded', finishedAt: ago(0) }));
    await screen.findByText('Ended a moment ago');
    await screen.findByText('Customer connections, FTTH-North: 958 addresses connected');
  });

  test('keeps every row in its place while the pointer is in it', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running });
    show(system);
    const grid = await screen.findByRole('grid');
    fireEvent.pointerEnter(grid);
    act(() => {
      system.put({ id: 'b', ...running });
      system.put({
        id: 'a',
        status: 'failed',
        error: { code: 'x', message: 'Disk full' },
        finishedAt: ago(0),
      });
    });
    await screen.findByText('Disk full');
    expect(rows()).toHaveLength(1);
    expect(screen.queryByText('Ended a moment ago')).toBeNull();
    act(() => system.gone('a'));
    expect(rows()).toHaveLength(1);
    fireEvent.pointerLeave(grid);
    await vi.waitFor(() => expect(rows()).toEqual(['Customer connections, FTTH-North, Running, 48%']));
  });

  test('shows markup in names as text, and leaves out a task of a strange type', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running, name: '<img src=x onerror=alert(1)>', params: { design: '<b>x</b>' } });
    show(system);
    expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    for (const strange of [null, 7, {}, { id: {} }, { id: 'x', status: 'odd' }, []]) {
      for (const watch of system.watches) watch.onTask(strange as never);
    }
    const bare = { id: 'y', status: 'running', progress: 'half', params: null, createdAt: 'soon', tags: 7 };
    act(() => {
      for (const watch of system.watches) watch.onTask(bare as never);
    });
    await vi.waitFor(() => expect(rows()).toHaveLength(2));
  });

  test('with a server clock that is an hour ahead says how long it runs', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running, startedAt: ago(-3600), createdAt: ago(-3600) });
    show(system);
    expect(await screen.findByText(/^\d sec/, { selector: 'time' })).toBeTruthy();
  });
});

describe('a row', () => {
  test('cancels its task once the user has confirmed it', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running });
    show(system);
    fireEvent.pointerEnter(await screen.findByRole('row'));
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel task' }));
    const question = await screen.findByRole('alertdialog', { name: 'Cancel 1 task?' });
    expect(document.activeElement?.textContent).toBe('Back');
    expect(question.textContent).toContain('1 run, 0 wait.');
    fireEvent.click(within(question).getByRole('button', { name: 'Cancel 1 task' }));
    await screen.findByText('Asked by you');
    expect(system.calls.filter(({ method }) => method === 'cancelTask')).toEqual([
      { method: 'cancelTask', id: 'a', query: undefined },
    ]);
  });

  test('says why its task could not be cancelled, and offers no more what is forbidden', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running });
    show(system);
    const row = await screen.findByRole('row');
    fireEvent.pointerEnter(row);
    system.refuse('cancelTask', { code: 'forbidden', message: 'no' });
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel task' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel 1 task' }));
    await within(row).findByText(/The task could not be cancelled/);
    expect(screen.queryByRole('button', { name: 'Cancel task' })).toBeNull();
  });

  test('runs again the items that failed, or a task that failed', async () => {
    const system = createMonitorSystem();
    system.put({
      id: 'a',
      status: 'succeeded',
      items: { ok: 1963, failed: 37, failures: [] },
      finishedAt: ago(5),
    });
    system.put({ id: 'b', status: 'failed', error: { code: 'x', message: 'y' }, finishedAt: ago(5) });
    show(system);
    fireEvent.click(await screen.findByRole('button', { name: 'Retry 37 failed' }));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await vi.waitFor(() =>
      expect(system.calls.map(({ method, id }) => `${method} ${id}`)).toEqual(
        expect.arrayContaining(['retryFailed a', 'retryTask b']),
      ),
    );
  });

  test('has no button for what the client cannot do', async () => {
    const system = createMonitorSystem({ without: ['cancelTask', 'retryTask', 'clearTask'] });
    system.put({ id: 'a', ...running });
    system.put({ id: 'b', status: 'failed', error: { code: 'x', message: 'y' }, finishedAt: ago(5) });
    show(system);
    fireEvent.pointerEnter((await screen.findAllByRole('row'))[0] as Element);
    await screen.findByRole('button', { name: 'More' });
    expect(screen.queryByRole('button', { name: 'Cancel task' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Zoom to task' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('is outlined on the map while it is pointed at', async () => {
    const system = createMonitorSystem();
    const outline = vi.fn();
    const map = {
      getBounds: () => [0, 0, 1, 1],
      fitBounds: vi.fn(),
      zoomTo() {},
      taskOverlay: { add() {}, settle() {}, remove() {}, outline },
    } satisfies HostMap as HostMap;
    system.put({ id: 'a', ...running, built: { count: 1, tables: [], bbox: [1, 2, 3, 4] } });
    show(system, { app: { system: system.client, map } });
    const grid = await screen.findByRole('grid');
    fireEvent.pointerEnter(screen.getByRole('row'));
    const label = 'Customer connections · 48%';
    await vi.waitFor(() =>
      expect(outline).toHaveBeenLastCalledWith({ bbox: [1, 2, 3, 4], label, taskId: 'a' }),
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Zoom to task' }));
    expect(map.fitBounds).toHaveBeenCalledWith([1, 2, 3, 4]);
    fireEvent.pointerLeave(grid);
    await vi.waitFor(() => expect(outline).toHaveBeenLastCalledWith(null), { timeout: 4000 });
  });
});

test('tasks that were found by a place are framed on the map, until the filter goes or the monitor closes', async () => {
  const system = createMonitorSystem();
  const places = vi.fn();
  const map = {
    getBounds: () => [0, 0, 9, 9],
    fitBounds() {},
    zoomTo() {},
    taskOverlay: { add() {}, settle() {}, remove() {}, places },
  } satisfies HostMap as HostMap;
  system.put({ id: 'a', ...running, built: { count: 1, tables: [], bbox: [1, 2, 3, 4] } });
  const app = { system: system.client, map };
  const { rerender, unmount } = show(system, { app, filter: { bbox: [0, 0, 9, 9] } });
  await vi.waitFor(() => expect(places).toHaveBeenLastCalledWith([{ taskId: 'a', bbox: [1, 2, 3, 4] }]));
  fireEvent.click(screen.getByRole('button', { name: 'Tasks here', pressed: true }));
  rerender(<TaskMonitor app={app} filter={{}} />);
  await vi.waitFor(() => expect(places).toHaveBeenLastCalledWith([]));
  rerender(<TaskMonitor app={app} filter={{ inView: true }} />);
  await vi.waitFor(() => expect(places).toHaveBeenLastCalledWith([{ taskId: 'a', bbox: [1, 2, 3, 4] }]));
  unmount();
  expect(places).toHaveBeenLastCalledWith([]);
});

describe('the keyboard', () => {
  test('walks the rows and their buttons, opens, selects and asks to cancel', async () => {
    const system = createMonitorSystem();
    const opened = vi.fn();
    const closed = vi.fn();
    for (const id of ['a', 'b', 'c']) system.put({ id, ...running });
    show(system, { onOpenRun: opened, onClose: closed });
    await screen.findByRole('grid');
    expect(document.activeElement?.tagName).toBe('H2');
    const [first] = screen.getAllByRole('row');
    act(() => first?.focus());
    const focus = () => document.activeElement as HTMLElement;
    const press = (key: string, more = {}) => act(() => void fireEvent.keyDown(focus(), { key, ...more }));
    press('ArrowDown');
    expect(focus().dataset.task).toBe('b');
    // The buttons of a row are fetched after the list.
    await within(focus()).findByRole('button', { name: 'Cancel task' });
    press('End');
    expect(focus().dataset.task).toBe('a');
    press('Home');
    press('ArrowRight');
    press('ArrowRight');
    expect(focus().getAttribute('aria-label')).toBe('Cancel task');
    press('ArrowLeft');
    press('ArrowLeft');
    expect(focus().dataset.task).toBe('c');
    press('Enter');
    expect(opened).toHaveBeenCalledWith('c');
    press(' ');
    expect(await screen.findByText('1 selected')).toBeTruthy();
    press('/');
    expect(focus().getAttribute('type')).toBe('search');
    act(() => screen.getAllByRole('row')[1]?.focus());
    press('Delete');
    await screen.findByRole('alertdialog');
    press('Escape');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    press('Escape');
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('a selection', () => {
  test('of all that fit is cancelled after a confirmation that counts them', async () => {
    const system = createMonitorSystem();
    for (let at = 0; at < 12; at += 1) {
      system.put({ id: `t${at}`, ...(at < 2 ? running : {}), owner: at < 3 ? 'jonas' : 'mara' });
    }
    show(system);
    fireEvent.pointerEnter((await screen.findAllByRole('row'))[0] as Element);
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.click(await screen.findByRole('button', { name: 'All 12 that fit the filter' }));
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    const question = await screen.findByRole('alertdialog', { name: 'Cancel 12 tasks?' });
    expect(question.textContent).toContain('2 run, 10 wait. 3 of them were started by others.');
    system.refuse('cancelTask', { code: 'internal', message: 'boom' });
    fireEvent.click(within(question).getByRole('button', { name: 'Cancel 12 tasks' }));
    await screen.findByText('12 / 12');
    expect(screen.getByText(/1 of 12 failed/)).toBeTruthy();
    expect(system.calls.filter(({ method }) => method === 'cancelTask')).toHaveLength(12);
  });
});

describe('in place of the list stands', () => {
  test('that nothing runs, and the way to what has ended', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'd', status: 'succeeded', finishedAt: ago(9000) });
    show(system);
    expect(await screen.findByText('Nothing runs and nothing waits')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show finished' }));
    expect(await screen.findByRole('row')).toBeTruthy();
  });

  test('that no task fits, and how many the filter hides', async () => {
    const system = createMonitorSystem();
    system.put({ id: 'a', ...running });
    const onFilter = vi.fn();
    show(system, { filter: { q: 'cherry' }, onFilter });
    expect(await screen.findByText('The filter hides 1 task.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Clear filter' }));
    expect(onFilter).toHaveBeenLastCalledWith({ view: 'active' });
  });

  test('why the tasks could not be listed, until they can', async () => {
    const system = createMonitorSystem();
    system.refuse('listTasks', { code: 'unauthorized', message: 'no' });
    system.refuse('listTasks', { code: 'unauthorized', message: 'no' });
    show(system, { user: 'mara' });
    expect(await screen.findByText('You are signed out. Sign in again.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing runs and nothing waits')).toBeTruthy();
  });

  test('that a host has no list of tasks', async () => {
    const { client } = createMonitorSystem({ without: ['listTasks', 'watchTasks'] });
    render(<TaskMonitor app={{ system: client }} language="de" />);
    expect(await screen.findByText('Dieser Aufgabenserver bietet keine Liste der Aufgaben.')).toBeTruthy();
    expect(screen.getByRole('heading').textContent).toBe('Aufgaben');
  });
});

test('without a connection the rows stay, with the time of the last news', async () => {
  const system = createMonitorSystem();
  system.put({ id: 'a', ...running });
  show(system);
  await screen.findByText('48%');
  act(() =>
    system.connection({ state: 'reconnecting', attempt: 2, retryAt: Date.now() + 4_000, reason: 'x' }),
  );
  await screen.findByText(/Connection lost, trying again in \d sec/);
  expect(screen.getByText(/^as of /)).toBeTruthy();
});

test('a client that cannot watch is asked again', async () => {
  const system = createMonitorSystem({ without: ['watchTasks'] });
  system.put({ id: 'a', ...running });
  show(system);
  await screen.findByText('48%');
  system.put({ id: 'a', progress: { ...running.progress, percent: 99 } });
  await screen.findByText('99%');
});

test('leaves no watch behind, and reads all pages of what is active', async () => {
  const system = createMonitorSystem();
  for (let at = 0; at < 450; at += 1) system.put({ id: `t${at}`, ...running });
  const { unmount } = show(system);
  expect(await screen.findByText('450', { selector: '[role=presentation] span' })).toBeTruthy();
  expect(screen.getAllByRole('row').length).toBeLessThan(30);
  unmount();
  expect(system.watches.size).toBe(0);
});

test.each<[string, Partial<SystemClient>, RegExp]>([
  ['offers no list', {}, /offers no list of tasks/],
  [
    'throws at once in place of rejecting',
    {
      listTasks() {
        throw new Error('not signed in');
      },
      countTasks() {
        throw new Error('not signed in');
      },
    },
    /not signed in/,
  ],
  [
    'cannot watch, though it has the call',
    {
      listTasks: async () => ({ tasks: [], watchCursor: 'c' }),
      watchTasks() {
        throw new Error('no streams here');
      },
    },
    /no streams here/,
  ],
])('a client of the host that %s leaves the page whole, and the monitor says so', async (_, calls, words) => {
  const client = {
    enqueueTask: async () => ({ id: 1 }),
    streamTaskProgress: () => ({ close() {} }),
    ...calls,
  };
  render(<TaskMonitor app={{ system: client }} />, { wrapper: StrictMode });
  await screen.findByText(words);
});
