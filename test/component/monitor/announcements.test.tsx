// Tests that a screen reader is told of an end once, whoever on the page shows the user's tasks.
import { act, render, screen } from '@testing-library/react';
import { LrtPlugin } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createMonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import { TaskMonitor } from '../../../src/monitor/index.ts';
import { lookAt } from '../../support/host/lookAt.ts';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const running = { status: 'running' as const, startedAt: ago(9) };
const failed = { status: 'failed' as const, error: { code: 'x', message: 'Disk full' }, finishedAt: ago(0) };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
});

const said = (how: 'polite' | 'assertive') =>
  [...document.querySelectorAll(`[aria-live="${how}"]`)]
    .map(({ textContent }) => textContent)
    .filter(Boolean);

async function open({ notices, monitors }: { notices: boolean; monitors: number }) {
  lookAt('here');
  const system = createMonitorSystem();
  system.put({ id: 'mine', ...running });
  system.put({ id: 'other', name: 'pole_report_task', owner: 'jonas', ...running });
  const watches = monitors + (notices ? 1 : 0);
  if (notices) {
    const app = createApplication({ system: system.client });
    app.registerPlugin('lrtPlugin', LrtPlugin);
    onTestFinished(() => app.dispose());
    await vi.waitFor(() => expect(system.watches.size).toBe(1));
  }
  for (let at = 0; at < monitors; at += 1) {
    render(<TaskMonitor app={{ system: system.client }} user="mara" />);
  }
  await vi.waitFor(() => expect(system.watches.size).toBe(watches));
  if (monitors > 0) {
    await vi.waitFor(() => expect(screen.getAllByRole('grid')).toHaveLength(monitors));
    // The code that announces is fetched after the list.
    await vi.waitFor(() =>
      expect(document.querySelectorAll('section [aria-live="polite"]')).toHaveLength(monitors),
    );
  }
  /** The task ends, and the time passes in which other ends would be said with it. */
  const end = (id: string) =>
    act(async () => {
      system.put({ id, ...failed });
      await vi.advanceTimersByTimeAsync(2_100);
    });
  return { end, system };
}

const patience = { timeout: 5_000 };
const alone = (text: RegExp) => [expect.stringMatching(text)];

test.each([
  { name: 'notices alone', notices: true, monitors: 0 },
  { name: 'a monitor alone', notices: false, monitors: 1 },
  { name: 'notices and a monitor', notices: true, monitors: 1 },
  { name: 'two monitors', notices: false, monitors: 2 },
])('with $name an end of the user’s own task is said once', async ({ notices, monitors }) => {
  const { end } = await open({ notices, monitors });
  await end('mine');
  await vi.waitFor(
    () => expect(said('assertive')).toEqual(alone(/^Customer connections, FTTH-North: Disk full$/)),
    patience,
  );
  // An announcement is no alert of the page.
  for (const region of document.querySelectorAll('[aria-live]'))
    expect(region.getAttribute('role')).toBeNull();
});

test('beside notices a monitor says the ends of others’ tasks', async () => {
  const { end } = await open({ notices: true, monitors: 2 });
  await end('other');
  await vi.waitFor(
    () => expect(said('assertive')).toEqual(alone(/^Pole report, FTTH-North: Disk full$/)),
    patience,
  );
});

test('a monitor that stays announces on once another one is gone', async () => {
  const { end, system } = await open({ notices: false, monitors: 1 });
  const second = render(<TaskMonitor app={{ system: system.client }} user="mara" />);
  await vi.waitFor(() => expect(screen.getAllByRole('grid')).toHaveLength(2));
  second.unmount();
  await end('mine');
  await vi.waitFor(() => expect(said('assertive')).toHaveLength(1), patience);
});
