// Tests what a user is told of their tasks while the dialog is closed: by notices and by the page's title.
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin, type LrtPluginInstance, type LrtPluginOptions } from 'lrt-plugin';
import { createApplication, type HostMap } from 'lrt-plugin/host';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { TaskSnapshot } from '../../../src/contract/index.ts';
import { lookAt } from '../../support/host/lookAt.ts';

const TITLE = 'Customer connections';
const BUILT = {
  count: 2_000,
  tables: ['oh_route'],
  bbox: [0.1, 52.1, 0.2, 52.2],
} satisfies TaskSnapshot['built'];
const ITEM = { code: 'too-far', message: 'Too far' };

beforeEach(() => {
  document.title = 'Network planner';
});

function openMap() {
  const outline = vi.fn();
  const map = {
    getBounds: () => [0, 0, 1, 1],
    fitBounds: vi.fn(),
    zoomTo: vi.fn(),
    taskOverlay: { add: vi.fn(), settle: vi.fn(), remove: vi.fn(), outline },
  } satisfies HostMap;
  return { map, outline };
}

/** The stand-in host with the plugin. Its dialog is closed, and no task runs. */
async function openHost({
  options = {},
  language = 'en',
  copies = 1,
}: {
  options?: LrtPluginOptions;
  language?: string;
  copies?: number;
} = {}) {
  lookAt('here');
  const system = createFakeSystem({ watches: true });
  const watch = vi.spyOn(system.client, 'watchTasks');
  const { map, outline } = openMap();
  const app = createApplication({ system: system.client, map, language });
  for (let copy = 1; copy <= copies; copy++) app.registerPlugin(`plugin${copy}`, LrtPlugin, options);
  onTestFinished(() => app.dispose());
  const isSilent = options.notices === false && options.pageTitle === false;
  if (!isSilent) await waitFor(() => expect(watch).toHaveBeenCalledTimes(copies));
  const plugin = app.plugins.plugin1 as LrtPluginInstance;
  const end = async (how: () => void) => {
    await act(async () => how());
  };
  return { app, plugin, system, map, outline, end };
}

const notices = () => screen.queryAllByRole('listitem').map((item) => item.textContent);
const announced = (how: 'polite' | 'assertive') =>
  [...document.querySelectorAll(`[aria-live="${how}"]`)].map(({ textContent }) => textContent).join('');

test('a task that ends while the dialog is closed leaves a notice, with what it built on the map', async () => {
  const { system, map, outline, end } = await openHost();
  const task = system.add({ params: { design: 'design/FTTH-North' }, built: BUILT });
  act(() => task.run({ percent: 99, done: 2_000, total: 2_000 }));
  await end(() => task.succeed());
  const notice = await screen.findByRole('listitem');
  expect(notice.textContent).toContain(`${TITLE} is done`);
  expect(notice.textContent).toContain('FTTH-North · 2,000 addresses connected');
  await userEvent.click(within(notice).getByRole('button', { name: 'Show on map' }));
  expect(map.fitBounds).toHaveBeenCalledWith(BUILT.bbox);
  expect(outline).toHaveBeenLastCalledWith({ bbox: BUILT.bbox, label: TITLE, taskId: task.id });
  await waitFor(() => expect(outline).toHaveBeenLastCalledWith(null), { timeout: 5_000 });
  expect(notices()).toEqual([]);
});

test('a task whose open dialog says it leaves none', async () => {
  const { system, plugin, end } = await openHost();
  system.add();
  act(() => plugin.showModal());
  await screen.findByRole('dialog', { name: TITLE });
  act(() => system.task.run({ percent: 99 }));
  const other = system.add({ name: 'pole_report_task' });
  act(() => other.run());
  await end(() => system.tasks[0]?.succeed());
  await end(() => other.succeed());
  await waitFor(() =>
    expect(screen.queryAllByText(/is done/).map((each) => each.textContent)).toEqual(['Pole report is done']),
  );
});

test('what failed in part can be run again from the notice, and a refusal says why', async () => {
  const { system, end } = await openHost();
  const task = system.add();
  act(() => task.run());
  act(() =>
    task.items([
      { id: 'a', ok: true },
      { id: 'b', ...ITEM },
      { id: 'c', ...ITEM },
    ]),
  );
  await end(() => task.succeed());
  const retry = await screen.findByRole('button', { name: 'Retry 2 failed' });
  expect(notices()[0]).toContain('2 of 3 failed');
  system.refuse('retryTask', { code: 'rate-limited', message: 'Too many' });
  await userEvent.click(retry);
  await screen.findByText('The server did not start it again: The server is busy: too many requests.');
  await userEvent.click(screen.getByRole('button', { name: 'Retry 2 failed' }));
  await waitFor(() => expect(notices()).toEqual([]));
  expect(system.calls.filter(({ method }) => method === 'retryTask')).toHaveLength(2);
});

test('a failure stays until it is closed, and the focus goes back to where it was', async () => {
  const { system, end } = await openHost();
  const before = document.createElement('button');
  document.body.prepend(before);
  onTestFinished(() => before.remove());
  before.focus();
  const [one, two] = [system.add(), system.add({ name: 'pole_report_task' })];
  await end(() => one.fail({ code: 'timeout', message: 'late' }));
  await end(() => two.fail({ code: 'unheard-of', message: 'The printer is on fire' }));
  expect(notices()).toHaveLength(2);
  expect(notices()[1]).toContain('Pole report failedThe printer is on fire');
  expect(document.activeElement).toBe(before);
  await userEvent.tab();
  await userEvent.keyboard('{Escape}');
  expect(notices()).toHaveLength(1);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Close: Pole report failed');
  await userEvent.keyboard('{Enter}');
  expect(notices()).toEqual([]);
  expect(document.activeElement).toBe(before);
});

test('ends within two seconds are one announcement, and one that failed is urgent', async () => {
  const { system, end } = await openHost();
  const tasks = [system.add(), system.add(), system.add()];
  await end(() => tasks[0]?.succeed());
  await waitFor(() => expect(announced('polite')).toContain(`${TITLE}: Done`), { timeout: 5_000 });
  await end(() => {
    tasks[1]?.succeed();
    tasks[2]?.fail({ code: 'timeout', message: 'late' });
  });
  await waitFor(() => expect(announced('assertive')).toBe('2 tasks ended, 1 failed'), { timeout: 5_000 });
});

test('the title says how far tasks are, and how they ended until the tab is looked at', async () => {
  const { system, end } = await openHost();
  const task = system.add();
  await waitFor(() => expect(document.title).toBe('1 task · Network planner'));
  act(() => task.run({ percent: 48.7 }));
  await waitFor(() => expect(document.title).toBe('48% · Network planner'));
  const other = system.add();
  await waitFor(() => expect(document.title).toBe('2 tasks · Network planner'));
  lookAt('another window');
  await end(() => task.succeed());
  await waitFor(() => expect(document.title).toBe('✓ 1 task · Network planner'));
  await end(() => other.fail({ code: 'timeout', message: 'late' }));
  await waitFor(() => expect(document.title).toBe('! Network planner'));
  lookAt('here');
  await waitFor(() => expect(document.title).toBe('Network planner'));
});

test('a task that the user cancelled leaves nothing, and one that somebody else cancelled does', async () => {
  const { system, end } = await openHost();
  const [mine, theirs] = [system.add({ cancelledBy: 'planner' }), system.add({ cancelledBy: 'Jonas Weber' })];
  await end(() => mine.cancelled());
  await end(() => theirs.cancelled());
  await waitFor(() => expect(notices()).toHaveLength(1));
  expect(notices()[0]).toContain(`${TITLE} was cancelledCancelled by Jonas Weber`);
});

test('tasks that had ended before leave nothing, and one that begins and ends at once does', async () => {
  const system = createFakeSystem({ watches: true });
  const old = system.add({ status: 'succeeded' });
  lookAt('here');
  const watch = vi.spyOn(system.client, 'watchTasks');
  const app = createApplication({ system: system.client, plugins: { lrtPlugin: LrtPlugin } });
  onTestFinished(() => app.dispose());
  await waitFor(() => expect(watch).toHaveBeenCalledOnce());
  await act(async () => old.succeed());
  await act(async () => void system.add({ status: 'failed', createdAt: '2026-03-02T00:00:00Z' }));
  expect(notices()).toHaveLength(1);
  expect(notices()[0]).toContain('failed');
});

test('the words are those of the host’s language, and of a language that comes later', async () => {
  const { app, system, end } = await openHost({ language: 'de' });
  const task = system.add();
  await end(() => task.fail({ code: 'timeout', message: 'late' }));
  await screen.findByText('Kundenanschlüsse: fehlgeschlagen');
  act(() => app.setLanguage('ar'));
  const notice = await screen.findByText(/فشلت المهمة/);
  expect(notice.closest('[dir]')?.getAttribute('dir')).toBe('rtl');
});

test('two copies of the plugin show one notice, and the second goes on when the first is removed', async () => {
  const { app, system, end } = await openHost({ copies: 2 });
  const [one, two] = [system.add(), system.add()];
  await waitFor(() => expect(document.title).toBe('2 tasks · Network planner'));
  await end(() => one.fail({ code: 'timeout', message: 'late' }));
  expect(notices()).toHaveLength(1);
  act(() => app.unregisterPlugin('plugin1'));
  await waitFor(() => expect(notices()).toEqual([]));
  expect(document.title).toBe('1 task · Network planner');
  await end(() => two.fail({ code: 'timeout', message: 'late' }));
  expect(notices()).toHaveLength(1);
  act(() => app.unregisterPlugin('plugin2'));
  await waitFor(() => expect(notices()).toEqual([]));
  expect(document.title).toBe('Network planner');
  expect(document.querySelectorAll('[aria-live]')).toHaveLength(0);
});

test('each of them can be turned off', async () => {
  const silent = await openHost({ options: { notices: false, pageTitle: false, pageIcon: false } });
  const task = silent.system.add();
  act(() => task.run({ percent: 5 }));
  await silent.end(() => task.fail({ code: 'timeout', message: 'late' }));
  expect(notices()).toEqual([]);
  expect(document.title).toBe('Network planner');
});

test('all of them turned off, the server is asked for nothing', async () => {
  const off = { notices: false, pageTitle: false, pageIcon: false, desktopNotifications: false };
  const { system, plugin } = await openHost({ options: off });
  act(() => plugin.showModal());
  await screen.findByRole('dialog', { name: TITLE });
  const lists = system.calls.filter(({ method }) => method === 'listTasks').map(({ args }) => args[0]);
  expect(lists).not.toContainEqual(expect.objectContaining({ owner: 'me' }));
});

test('where the client cannot list, the plugin’s own task is told of', async () => {
  lookAt('here');
  const system = createFakeSystem({ minimal: true });
  const task = system.add();
  localStorage.setItem('lrt-plugin:lrtPlugin', task.id);
  const app = createApplication({ system: system.client, plugins: { lrtPlugin: LrtPlugin } });
  onTestFinished(() => app.dispose());
  await waitFor(() => expect(system.openStreams).toBe(1));
  act(() => task.run({ percent: 12 }));
  await waitFor(() => expect(document.title).toBe('12% · Network planner'));
  await act(async () => task.fail({ code: 'timeout', message: 'late' }));
  await waitFor(() => expect(notices()).toHaveLength(1));
});

test('the pointer keeps a notice', async () => {
  const { system, end } = await openHost();
  const task = system.add();
  await end(() => task.succeed());
  const list = await screen.findByRole('list');
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  fireEvent.pointerEnter(list);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(notices()).toHaveLength(1);
  fireEvent.pointerLeave(list);
  act(() => void vi.advanceTimersByTime(8_000));
  expect(notices()).toEqual([]);
});
