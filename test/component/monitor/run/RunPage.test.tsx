// Tests a run as a page: what it shows of a run that ended or goes on, and what the user can do with it.
import { act, configure, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RunPage, type RunPageProps } from 'lrt-plugin/monitor';
import { StrictMode } from 'react';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { endedRun, FAILED, logOf, serveRuns } from '../../../../harness/run/runs.ts';
import type { ItemFailure, TaskSnapshot } from '../../../../src/contract/index.ts';
import type { HostMap, TaskOverlay, TaskPick } from '../../../../src/host/contract.ts';

// To find out which of hundreds of rows are hidden takes longer than all else here, and none is.
beforeAll(() => configure({ defaultHidden: true }));
afterAll(() => configure({ defaultHidden: false }));

/** A map that says what the page asked of it. */
function fakeMap() {
  const pickers = new Set<(pick: TaskPick) => void>();
  const overlay = {
    add: vi.fn<TaskOverlay['add']>(),
    settle: vi.fn<TaskOverlay['settle']>(),
    remove: vi.fn<TaskOverlay['remove']>(),
    failures: vi.fn<NonNullable<TaskOverlay['failures']>>(),
    onPick: (listener: (pick: TaskPick) => void) => {
      pickers.add(listener);
      return () => void pickers.delete(listener);
    },
  };
  const host: HostMap = {
    getBounds: () => [0, 0, 1, 1],
    fitBounds: vi.fn<HostMap['fitBounds']>(),
    zoomTo: () => {},
    taskOverlay: overlay,
  };
  return {
    map: { host, view: <p>the map</p> },
    host,
    overlay,
    pick: (pick: TaskPick) => {
      for (const listener of pickers) listener(pick);
    },
    get pickers() {
      return pickers.size;
    },
  };
}

function open(
  runs: TaskSnapshot[],
  { taskId = 'run-12', ...props }: Partial<RunPageProps> = {},
  served = serveRuns(runs, { log: logOf(60) }),
) {
  const map = fakeMap();
  const onOpen = vi.fn<NonNullable<RunPageProps['onOpen']>>();
  const page = render(
    <StrictMode>
      <RunPage
        app={{}}
        system={served.client}
        taskId={taskId}
        map={map.map}
        onOpen={onOpen}
        user="mara"
        {...props}
      />
    </StrictMode>,
  );
  return { ...served, map, onOpen, page, user: userEvent.setup() };
}

const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
const name = (index: number) => FAILED[index]?.id ?? '';

describe('a run that ended', () => {
  test('says how, who, for how long, and its figures, and opens at what failed', async () => {
    open([endedRun()]);
    await screen.findByRole('heading', { name: 'Customer connection' });
    expect(screen.getByText('Done, 37 of 2,000 failed')).toBeTruthy();
    expect(screen.getByText('Started by you')).toBeTruthy();
    expect(screen.getByText('Duration 22 sec')).toBeTruthy();
    expect(screen.getAllByText('1,963')[0]?.parentElement?.textContent).toBe('1,963 connections');
    const reasons = within(await screen.findByRole('list', { name: 'Why items failed' }));
    expect(reasons.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
      'No pole within 80 m21',
      'A splitter port is already in use11',
      'The address is already connected5',
    ]);
    await screen.findByText('1 to 37 of 37');
    expect(rows()).toHaveLength(37);
  });

  test('a reason, a text and a page of the table select the items', async () => {
    const { user } = open([endedRun()]);
    await user.click(await screen.findByRole('button', { name: /^A splitter port/ }));
    await screen.findByText('1 to 11 of 11');
    await user.type(screen.getByRole('textbox', { name: 'Name or reason' }), 'no such item');
    await screen.findByText('No item fits this filter.');
    await user.click(screen.getByRole('button', { name: 'Clear filter' }));
    await user.click(screen.getByText('All'));
    await screen.findByText('1 to 100 of 2,000');
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    await screen.findByText('101 to 200 of 2,000');
    expect(rows()[0]).toContain('101 Cherry Walk');
  });

  test('a row, its point on the map and its line of the log are one selection', async () => {
    const { user, map } = open([endedRun()]);
    await user.click(await screen.findByRole('button', { name: name(3) }));
    expect(map.overlay.failures).toHaveBeenLastCalledWith('run-12', expect.any(Array), { chosen: name(3) });
    const chosen = () => screen.getByRole('option', { selected: true }).textContent;
    expect(chosen()).toContain(name(3));
    act(() => map.pick({ taskId: 'run-12', itemIds: [name(1), name(2)] }));
    expect(screen.getByRole('button', { name: name(1), pressed: true })).toBeTruthy();
    expect(chosen()).toContain(name(1));
    await user.click(screen.getByRole('option', { name: new RegExp(`${name(2)}:`) }));
    expect(screen.getByRole('button', { name: name(2), pressed: true })).toBeTruthy();
  });

  test('zooms to one item and to all that failed', async () => {
    const { user, map } = open([endedRun()]);
    const zoomToOne = await screen.findByRole('button', { name: `Zoom to ${name(0)}` });
    // The page has shown the whole run when it opened.
    vi.mocked(map.host.fitBounds).mockClear();
    await user.click(zoomToOne);
    await user.click(screen.getByRole('button', { name: 'Zoom to all failed' }));
    const calls = vi.mocked(map.host.fitBounds).mock.calls.map(([box]) => box);
    expect(calls).toHaveLength(2);
    expect((calls[1]?.[2] ?? 0) - (calls[1]?.[0] ?? 0)).toBeGreaterThan(
      (calls[0]?.[2] ?? 0) - (calls[0]?.[0] ?? 0),
    );
  });

  test('what failed is tried again with one click, and the page goes to the new run', async () => {
    const { user, system, onOpen } = open([endedRun()]);
    await user.dblClick(await screen.findByRole('button', { name: 'Retry 37 failed' }));
    expect(system.calls.filter(({ method }) => method === 'retryTask').map(({ args }) => args)).toEqual([
      ['run-12', { items: 'failed' }],
    ]);
    expect(onOpen).toHaveBeenCalledWith({ run: 'task-2' });
  });

  test('runs again with its parameters filled in, once the user has changed them', async () => {
    const { user, system, onOpen } = open([endedRun({ params: { design: 'design/North', count: 5 } })]);
    await user.click(await screen.findByRole('button', { name: 'Run again' }));
    const editor = screen.getByRole('textbox', { name: 'Parameters as JSON' });
    expect(editor).toHaveProperty('value', '{\n  "design": "design/North",\n  "count": 5\n}');
    await user.clear(editor);
    await user.type(editor, '[[1]');
    expect(screen.getByText('Parameters must be a JSON object.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Start the run' })).toHaveProperty('disabled', true);
    await user.clear(editor);
    await user.type(editor, '{{"count": 6}');
    await user.click(screen.getByRole('button', { name: 'Start the run' }));
    expect(system.calls.find(({ method }) => method === 'enqueueTask')?.args.slice(0, 2)).toEqual([
      'customer_connection_task',
      { count: 6 },
    ]);
    expect(onOpen).toHaveBeenCalledWith({ run: 'task-2' });
  });

  test('a host that has a form of its own gets the run', async () => {
    const onRunAgain = vi.fn<(task: TaskSnapshot) => void>();
    const { user } = open([endedRun()], { onRunAgain });
    await user.click(await screen.findByRole('button', { name: 'Run again' }));
    expect(onRunAgain.mock.calls[0]?.[0].params).toEqual(endedRun().params);
  });

  test('that failed says why, and that nothing was stored', async () => {
    const { items: _items, result: _result, ...run } = endedRun();
    open([{ ...run, status: 'failed', error: { code: 'design-conflict', message: 'changed' } }]);
    expect(await screen.findByText('Nothing was stored.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Retry/ })).toBeNull();
  });

  test('markup in names, messages and results is text', async () => {
    const bad = '<img src=x onerror=alert(1)>';
    const failure: ItemFailure = { id: bad, code: 'x', message: bad };
    const run = endedRun({
      name: bad,
      owner: bad,
      items: { ok: 0, failed: 1, failures: [failure] },
      result: { [bad]: bad },
    });
    const { page } = open(
      [run],
      {},
      serveRuns([run], { items: [failure], log: [{ level: 'info', message: bad, at: '' }] }),
    );
    await screen.findByRole('button', { name: bad });
    expect(page.container.querySelector('img')).toBeNull();
  });
});

test.each([
  ['mara', 'Cancelled by you', 'Started by you'],
  ['admin', 'Cancelled by mara', 'Started by mara'],
])('where the host does not say who the user is, the server does: %s', async (owner, outcome, started) => {
  const cancelled = endedRun({ status: 'cancelled', cancelledBy: 'mara', items: undefined });
  const served = serveRuns([cancelled]);
  served.client.listTasks = async () => ({ tasks: [endedRun({ id: 'newest', owner })] });
  open([], { user: undefined }, served);
  expect(await screen.findByText(outcome)).toBeTruthy();
  expect(screen.getByText(started)).toBeTruthy();
});

describe('a run that goes on', () => {
  const running = () => {
    const { items: _items, result: _result, finishedAt: _finishedAt, ...run } = endedRun();
    return {
      ...run,
      status: 'running' as const,
      progress: { percent: 40, step: 4, stepCount: 5, message: 'Connecting' },
    };
  };

  test('is live: progress, log, items and the end come in', async () => {
    const { system } = open([running()]);
    await screen.findByText('Step 4 of 5 · Connecting');
    act(() => {
      system.task.log('warning', `${name(0)} has no pole`);
      system.task.items([...FAILED.slice(0, 2)]);
      system.task.progress({ percent: 60 });
    });
    expect(await screen.findByRole('option', { name: new RegExp(name(0)) })).toBeTruthy();
    expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('60');
    act(() => system.task.succeed({ connections: 7 }));
    expect(await screen.findByText('Done, 2 of 2 failed')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  test('is cancelled from here, and says so at once', async () => {
    const { user, system } = open([running()]);
    await user.click(await screen.findByRole('button', { name: 'Cancel task' }));
    expect((await screen.findByRole('button', { name: 'Cancelling…' })).getAttribute('aria-disabled')).toBe(
      'true',
    );
    expect(system.calls.filter(({ method }) => method === 'cancelTask')).toHaveLength(1);
  });

  test('draws what it builds on its own map, and takes it off when the page is left', async () => {
    const { system, map, page } = open([running()]);
    await screen.findByText('Step 4 of 5 · Connecting');
    act(() => system.task.features([]));
    expect(map.overlay.add).toHaveBeenCalledWith('run-12', [], { replace: false });
    page.unmount();
    expect(map.overlay.remove).toHaveBeenCalledWith('run-12');
    expect(map.pickers).toBe(0);
    expect(system.openStreams).toBe(0);
  });
});

describe('a run that cannot be shown', () => {
  const refused = (error: object) => {
    const served = serveRuns([]);
    const getTask = vi.fn<NonNullable<typeof served.client.getTask>>().mockRejectedValue(error);
    return {
      ...served,
      client: { ...served.client, getTask, streamTaskProgress: () => ({ close() {} }) },
      getTask,
    };
  };

  test.each([
    [
      { code: 'forbidden', message: 'no', details: { owner: 'Mara Okafor' } },
      'You may not see this run. Ask Mara Okafor or an administrator.',
    ],
    [{ code: 'forbidden', message: 'no' }, 'You may not see this run. Ask an administrator.'],
    [{ code: 'task-not-found', message: 'no' }, /^There is no such run, or you may not see it/],
    [{ code: 'network', message: 'no' }, /^You are offline/],
    [{ code: 'internal', message: 'broken' }, 'The run could not be read.'],
  ])('%j', async (error, sentence) => {
    open([], {}, refused(error));
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence);
    expect(screen.queryByRole('tab')).toBeNull();
  });

  test('that the server removed while it was shown keeps its header', async () => {
    const served = refused({ code: 'task-not-found', message: 'no' });
    open([], { known: endedRun() }, served);
    expect((await screen.findByRole('alert')).textContent).toBe('The server no longer keeps this run.');
    expect(screen.getByRole('heading', { name: 'Customer connection' })).toBeTruthy();
  });

  test('comes back when the network does', async () => {
    const served = refused({ code: 'network', message: 'no' });
    const { user } = open([], {}, served);
    const again = await screen.findByRole('button', { name: 'Try again' });
    served.getTask.mockResolvedValue(endedRun());
    await user.click(again);
    expect(await screen.findByRole('heading', { name: 'Customer connection' })).toBeTruthy();
  });
});
