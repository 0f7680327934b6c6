// Tests that a notice which the user closes in one tab closes in the other tabs.
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem, type FakeTask } from '../../../harness/fakeSystem.ts';
import { ClosedNotices, noticeKey } from '../../../src/notices/ClosedNotices.ts';
import { lookAt } from '../../support/host/lookAt.ts';

const BUSY = { timeout: 20_000 };

/** A page with the plugin, and a second tab beside it. */
async function openTabs({ copies = 1 } = {}) {
  lookAt('here');
  const system = createFakeSystem({ watches: true });
  const watch = vi.spyOn(system.client, 'watchTasks');
  const app = createApplication({ system: system.client });
  for (let copy = 1; copy <= copies; copy++) app.registerPlugin(`plugin${copy}`, LrtPlugin);
  onTestFinished(() => app.dispose());
  const heard = vi.fn();
  const other = new ClosedNotices(heard);
  onTestFinished(() => other.dispose());
  await waitFor(() => expect(watch).toHaveBeenCalledTimes(copies), BUSY);
  const fail = (task: FakeTask) => act(async () => task.fail({ code: 'timeout', message: 'late' }));
  return { system, app, other, heard, fail };
}

const notices = () => screen.queryAllByRole('listitem').map((item) => item.textContent);

test('a notice that is closed in one tab closes in the other, and the focus in it moves on', async () => {
  const { system, other, heard, fail } = await openTabs({ copies: 2 });
  const [one, two, three] = [system.add(), system.add({ name: 'pole_report_task' }), system.add()];
  for (const task of [one, two, three]) await fail(task);
  expect(notices()).toHaveLength(3);
  const [first, second] = screen.getAllByRole('button', { name: /^Close/ });
  await userEvent.click(second ?? document.body);
  await waitFor(() => expect(heard.mock.calls).toEqual([[noticeKey(two.snapshot)]]), BUSY);
  expect(other.has(two.snapshot)).toBe(true);
  expect(notices()).toHaveLength(2);

  act(() => first?.focus());
  act(() => other.close(one.snapshot));
  await waitFor(() => expect(notices()).toHaveLength(1), BUSY);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Close/ }));
  act(() => other.close(three.snapshot));
  await waitFor(() => expect(notices()).toEqual([]), BUSY);
});

test('a notice that was closed elsewhere before this tab heard of the end does not come', async () => {
  const { system, other, fail } = await openTabs();
  const [closed, open, marker] = [system.add(), system.add({ name: 'pole_report_task' }), system.add()];
  await fail(marker);
  other.close(closed.snapshot);
  other.close(marker.snapshot);
  await waitFor(() => expect(notices()).toEqual([]), BUSY);
  await fail(closed);
  await fail(open);
  await waitFor(() => expect(notices()).toHaveLength(1), BUSY);
  expect(notices()[0]).toContain('Pole report');
});

test('messages of other scripts change nothing', async () => {
  const { system, other, fail } = await openTabs();
  const [kept, marker] = [system.add(), system.add({ name: 'pole_report_task' })];
  await fail(kept);
  await fail(marker);
  const foreign = new BroadcastChannel('lrt-plugin:notices');
  onTestFinished(() => foreign.close());
  const key = noticeKey(kept.snapshot);
  for (const message of [
    null,
    key,
    { key },
    { type: 'opened', key },
    { type: 'closed', key: kept.id },
    { type: 'closed', key: 7 },
    { type: 'closed', key: 'x'.repeat(10_000_000) },
  ])
    foreign.postMessage(message);
  other.close(marker.snapshot);
  await waitFor(() => expect(notices()).toHaveLength(1), BUSY);
  expect(notices()[0]).toContain('Customer connections');
});

test('a tab remembers the newest hundred, and no task that ran again since', () => {
  const { snapshot } = createFakeSystem().add();
  const closed = new ClosedNotices(() => {});
  onTestFinished(() => closed.dispose());
  for (let index = 0; index <= 100; index++) closed.close({ ...snapshot, id: `task-${index}` });
  expect(closed.has({ ...snapshot, id: 'task-0' })).toBe(false);
  expect(closed.has({ ...snapshot, id: 'task-1' })).toBe(true);
  expect(closed.has({ ...snapshot, id: 'task-1', attempt: snapshot.attempt + 1 })).toBe(false);
});

test.each([
  ['lacks BroadcastChannel', undefined],
  [
    'refuses it',
    class {
      constructor() {
        throw new DOMException('no', 'SecurityError');
      }
    },
  ],
])('where the browser %s, a notice closes in its own tab', async (_, replacement) => {
  vi.stubGlobal('BroadcastChannel', replacement);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { system, heard, fail } = await openTabs();
  const task = system.add();
  await fail(task);
  await userEvent.click(screen.getByRole('button', { name: /^Close/ }));
  expect(notices()).toEqual([]);
  expect(heard).not.toHaveBeenCalled();
});
