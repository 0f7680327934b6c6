// Tests the plugin of the monitor in the stand-in host: its button and badge, its place, its address and its options.
import { act, fireEvent, screen } from '@testing-library/react';
import {
  createApplication,
  DraggableModal,
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
} from 'lrt-plugin/host';
import type { ReactNode } from 'react';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createMonitorSystem } from '../../../harness/monitor/monitorSystem.ts';
import { createMonitorPlugin, type MonitorPluginOptions } from '../../../src/monitor/index.ts';

const MonitorPlugin = createMonitorPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
});
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
const running = { status: 'running' as const, startedAt: ago(9) };

function open(options: MonitorPluginOptions = {}, language = 'en') {
  const system = createMonitorSystem();
  const app = createApplication({ system: system.client, language });
  const plugin = new MonitorPlugin(app, options);
  onTestFinished(() => {
    act(() => plugin.remove());
    app.dispose();
  });
  return { system, plugin, app };
}
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 15_000 });

describe('the button', () => {
  test('says how many tasks run and wait, and that one failed until the monitor was opened', async () => {
    const { system, plugin } = open({ dock: () => {} });
    const { buttonStatus } = plugin;
    await waitFor(() => expect(buttonStatus.getState()?.text).toBe('Tasks'));
    await waitFor(() => expect(system.watches.size).toBe(1));
    system.put({ id: 'a', ...running });
    system.put({ id: 'b', ...running });
    system.put({ id: 'c' });
    await waitFor(() => expect(buttonStatus.getState()?.text).toBe('Tasks, 2 running, 1 waiting'));
    expect(buttonStatus.getState()?.badge).toEqual({ text: '2', isError: false });
    system.put({ id: 'a', status: 'failed', error: { code: 'x', message: 'y' }, finishedAt: ago(0) });
    await waitFor(() => expect(buttonStatus.getState()?.badge).toEqual({ text: '1', isError: true }));
    plugin.show();
    expect(buttonStatus.getState()?.badge?.isError).toBe(false);
  });

  test('has a word of the user’s language', async () => {
    const { plugin } = open({}, 'de');
    await waitFor(() => expect(plugin.buttonStatus.getState()?.text).toBe('Aufgaben'));
    expect(plugin.msg('tasks')).toBe('Aufgaben');
  });

  test('more than 99 are 99+', async () => {
    const { system, plugin } = open();
    for (let at = 0; at < 120; at += 1) system.put({ id: `t${at}`, ...running });
    await waitFor(() => expect(plugin.buttonStatus.getState()?.badge?.text).toBe('99+'));
  });
});

describe('the monitor', () => {
  test('opens in the host’s dialog, closes, and gives the focus back', async () => {
    const button = document.body.appendChild(document.createElement('button'));
    onTestFinished(() => button.remove());
    button.focus();
    const { system, plugin } = open();
    system.put({ id: 'a', ...running });
    act(() => plugin.toggle());
    expect(await screen.findByRole('row', {}, { timeout: 15_000 })).toBeTruthy();
    act(() => plugin.toggle());
    await waitFor(() => expect(screen.queryByRole('row')).toBeNull());
    expect(document.activeElement).toBe(button);
  });

  test('stands in a place of the host, and says its filter for the address', async () => {
    const docked: (ReactNode | undefined)[] = [];
    const onChange = vi.fn();
    const { plugin } = open({ dock: (content) => docked.push(content), onChange });
    plugin.show({ view: 'finished', q: 'cherry' });
    expect(docked.at(-1)).toBeTruthy();
    expect(onChange).toHaveBeenLastCalledWith({ view: 'finished', q: 'cherry' });
    plugin.hide();
    expect(docked.at(-1)).toBeUndefined();
    expect(onChange).toHaveBeenLastCalledWith(undefined);
  });

  test('leaves no watch and no window when the plugin is removed', async () => {
    const { system, plugin } = open();
    act(() => plugin.show());
    await screen.findByText('Nothing runs and nothing waits', {}, { timeout: 15_000 });
    await waitFor(() => expect(system.watches.size).toBe(2));
    act(() => plugin.remove());
    expect(system.watches.size).toBe(0);
    expect(screen.queryByRole('heading', { name: 'Tasks' })).toBeNull();
    plugin.show();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.queryByText('Nothing runs and nothing waits')).toBeNull();
  });
});

test.each([
  [{ docked: () => {} }, "there is no option 'docked': use 'dock'"],
  [{ dock: 'right' }, "option 'dock' must be a function, and is 'right'"],
  [{ onOpenRun: true }, "option 'onOpenRun' must be a function, and is true"],
  [{ system: {} }, "option 'system' must be an object with the methods enqueueTask, streamTaskProgress"],
  [{ language: 'de_' }, "option 'language' must be a language tag such as 'de', and is 'de_'"],
  [{ messages: { tasks: 7 } }, "option 'messages' must be an object of texts by message key"],
  [{ packs: 'de' }, "option 'packs' must be an object of language packs by language tag, and is 'de'"],
  [{ user: 7 }, "option 'user' must be the owner name of the user, and is 7"],
])('%j is refused with what is wrong and the fix', (options, message) => {
  const app = createApplication({});
  onTestFinished(() => app.dispose());
  expect(() => new MonitorPlugin(app, options as unknown as MonitorPluginOptions)).toThrow(
    `MonitorPlugin: ${message}`,
  );
});
