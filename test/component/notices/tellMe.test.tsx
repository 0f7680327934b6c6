// Tests the offer of a notification in the dialog of a long task, and what it says where the browser shows none.
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin, type LrtPluginInstance, type LrtPluginOptions } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import { isNotificationWanted } from '../../../src/parts/notificationWishes.ts';
import { lookAt } from '../../support/host/lookAt.ts';

const OFFER = 'Tell me when it ends';

/** A browser that has notifications, whose user answers so when they are asked. */
class FakeNotification {
  static permission: NotificationPermission = 'default';
  static answer: NotificationPermission = 'granted';
  static asked = 0;
  static shown: FakeNotification[] = [];
  onclick: (() => void) | null = null;
  onclose: (() => void) | null = null;
  readonly close = vi.fn();
  readonly title: string;
  readonly options: NotificationOptions;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    FakeNotification.shown.push(this);
  }
  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.asked += 1;
    FakeNotification.permission = FakeNotification.answer;
    return FakeNotification.permission;
  }
}

beforeEach(() => {
  Object.assign(FakeNotification, { permission: 'default', answer: 'granted', asked: 0, shown: [] });
  vi.stubGlobal('Notification', FakeNotification);
});

/** The dialog of a task that has run for so long and has come so far. */
async function openDialog(
  { seconds, percent }: { seconds: number; percent: number },
  options: LrtPluginOptions = {},
) {
  lookAt('here');
  const system = createFakeSystem({ watches: true });
  const task = system.add();
  const watch = vi.spyOn(system.client, 'watchTasks');
  const app = createApplication({ system: system.client });
  onTestFinished(() => app.dispose());
  app.registerPlugin('lrtPlugin', LrtPlugin, options);
  await waitFor(() => expect(watch).toHaveBeenCalled());
  const plugin = app.plugins.lrtPlugin as LrtPluginInstance;
  await waitFor(() => expect(system.openStreams).toBe(1));
  act(() => plugin.showModal());
  await screen.findByRole('dialog');
  act(() => task.run({ percent }));
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + seconds * 1000);
  return { app, plugin, system, task };
}

const offer = () => screen.queryByRole('button', { name: OFFER });

test.each([
  ['is offered for a task that needs a minute', { seconds: 6, percent: 10 }, true],
  ['is not offered for a task of twenty seconds', { seconds: 10, percent: 50 }, false],
  ['is offered once a task has taken long', { seconds: 31, percent: 99 }, true],
])('a notification %s', async (_, progress, isOffered) => {
  await openDialog(progress);
  await screen.findByText(`${progress.percent}%`);
  if (isOffered) await waitFor(() => expect(offer()).not.toBeNull());
  else expect(offer()).toBeNull();
  expect(FakeNotification.asked).toBe(0);
});

test('it is not offered where it is turned off', async () => {
  await openDialog({ seconds: 31, percent: 10 }, { desktopNotifications: false });
  await screen.findByText('10%');
  expect(offer()).toBeNull();
});

test('the browser asks after the click, and the user may change their mind', async () => {
  const { task } = await openDialog({ seconds: 31, percent: 10 });
  await userEvent.click(await screen.findByRole('button', { name: OFFER }));
  expect(FakeNotification.asked).toBe(1);
  expect(isNotificationWanted(task.id)).toBe(true);
  await userEvent.click(
    await screen.findByRole('button', { name: 'You will be told when it ends', pressed: true }),
  );
  expect(isNotificationWanted(task.id)).toBe(false);
  expect(offer()).not.toBeNull();
});

test.each([
  ['denied', /blocks notifications from this page/],
  ['missing', /shows no notifications for this page/],
])('%s: the dialog says so', async (what, words) => {
  FakeNotification.answer = 'denied';
  await openDialog({ seconds: 31, percent: 10 });
  if (what === 'missing') Reflect.deleteProperty(globalThis, 'Notification');
  await userEvent.click(await screen.findByRole('button', { name: OFFER }));
  await screen.findByText(words);
});

test('a user who closes the browser’s question may be asked again', async () => {
  FakeNotification.answer = 'default';
  await openDialog({ seconds: 31, percent: 10 });
  await userEvent.click(await screen.findByRole('button', { name: OFFER }));
  await userEvent.click(await screen.findByRole('button', { name: OFFER }));
  expect(FakeNotification.asked).toBe(2);
});

test('the end of the task is shown once the user looks elsewhere, and a click shows the task', async () => {
  const { plugin, task } = await openDialog({ seconds: 31, percent: 10 });
  await userEvent.click(await screen.findByRole('button', { name: OFFER }));
  act(() => plugin.hideModal());
  lookAt('another window');
  await act(async () => task.fail({ code: 'timeout', message: 'late' }));
  await waitFor(() => expect(FakeNotification.shown).toHaveLength(1));
  const [shown] = FakeNotification.shown;
  expect(shown?.title).toBe('Customer connections failed');
  expect(shown?.options).toMatchObject({
    body: expect.stringContaining('longer than it may'),
    lang: 'en',
    dir: 'ltr',
  });
  expect(isNotificationWanted(task.id)).toBe(false);
  act(() => shown?.onclick?.());
  await screen.findByRole('dialog', { name: 'Customer connections' });
  expect(shown?.close).toHaveBeenCalled();
});

test('a user who looks at the application gets none', async () => {
  const { task } = await openDialog({ seconds: 31, percent: 10 });
  await userEvent.click(await screen.findByRole('button', { name: OFFER }));
  await act(async () => task.succeed());
  await waitFor(() => expect(isNotificationWanted(task.id)).toBe(false));
  expect(FakeNotification.shown).toEqual([]);
});
