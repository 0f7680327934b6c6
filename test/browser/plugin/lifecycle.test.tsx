import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createFakeSystem } from '../../../harness/fakeSystem.ts';
import type { GeoFeature } from '../../../src/contract/index.ts';
import { createApplication, HostProvider, Toolbar } from '../../../src/host/index.ts';
import { LrtModal, LrtPlugin } from '../../../src/index.ts';
import { createTaskSession } from '../../../src/parts/createTaskSession.ts';
import { mountPlugin, POLE } from '../../support/host/mountPlugin.ts';

const dialog = () => page.getByRole('dialog', { name: 'Customer connections' });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const toolbarButton = () => page.getByRole('toolbar').getByRole('button', { name: /^Customer connections/ });
const heading = () => dialog().getByRole('heading');
const close = () => dialog().getByRole('button', { name: 'Close', exact: true }).last();

const drop: GeoFeature = {
  type: 'Feature',
  id: 'wall_box/1',
  geometry: { type: 'Point', coordinates: [0.1, 52.2] },
  properties: { table: 'wall_box' },
};

async function start(system = createFakeSystem(), options: Parameters<typeof mountPlugin>[0] = {}) {
  const mounted = await mountPlugin({ system: system.client, ...options });
  await button('Create connections').click();
  await expect.poll(() => system.tasks.at(-1)?.followers).toBe(1);
  system.task.run({ percent: 10, step: 4, stepCount: 5, done: 200, total: 2000 });
  await expect.element(heading()).toHaveTextContent('Running');
  return { system, ...mounted };
}

describe('the button', () => {
  test('opens the modal, which closes and opens again', async () => {
    await mountPlugin({ system: createFakeSystem().client, open: false });
    await expect.element(dialog()).not.toBeInTheDocument();
    await toolbarButton().click();
    await expect.element(dialog()).toBeVisible();
    await close().click();
    await expect.element(dialog()).not.toBeInTheDocument();
    await toolbarButton().click();
    await expect.element(dialog()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog()).not.toBeInTheDocument();
  });

  test('brings the open modal to the front on a second click', async () => {
    await mountPlugin({ system: createFakeSystem().client });
    await expect.element(dialog()).toBeVisible();
    await toolbarButton().click();
    expect(dialog().all()).toHaveLength(1);
    await expect.poll(() => dialog().element().contains(document.activeElement)).toBe(true);
  });

  test('is named in the language of the host, and has an image', async () => {
    const { app } = await mountPlugin({ language: 'de', open: false });
    await expect.element(page.getByRole('button', { name: 'Kundenanschlüsse' })).toBeVisible();
    app.setLanguage('ar');
    await expect.element(page.getByRole('button', { name: 'توصيل المشتركين' })).toBeVisible();
    const image = document.querySelector<HTMLImageElement>('#lrt-button img');
    await image?.decode();
    expect(image?.naturalWidth).toBeGreaterThan(0);
  });

  test('works from a palette, which gives it nothing but its owner', async () => {
    const { plugin } = await mountPlugin({ system: createFakeSystem().client, open: false });
    Reflect.apply(plugin.buttons.dialog.prototype.action, { owner: plugin }, []);
    await expect.element(dialog()).toBeVisible();
  });
});

describe('a running task', () => {
  test('runs on while the modal is closed, and is found on reopening', async () => {
    const { system } = await start();
    await close().click();
    await expect.element(dialog()).not.toBeInTheDocument();
    system.task.progress({ percent: 50, done: 1000 });
    await toolbarButton().click();
    await expect.element(dialog()).toMatchTextContent('1,000 / 2,000 addresses connected');
    await close().click();
    system.task.succeed();
    await toolbarButton().click();
    await expect.element(heading()).toHaveTextContent('2,000 addresses connected');
  });

  test('is found again after a reload, from the list of the server', async () => {
    const system = createFakeSystem();
    system.add();
    system.task.run({ percent: 30, step: 4, stepCount: 5, done: 600, total: 2000 });
    await mountPlugin({ system: system.client, selected: null });
    await expect.element(dialog()).toMatchTextContent('600 / 2,000 addresses connected');
    expect(system.tasks).toHaveLength(1);
  });

  test('is found again after a reload, by its remembered id where the server has no list', async () => {
    const system = createFakeSystem({ minimal: true });
    const first = await start(system);
    first.app.unregisterPlugin('lrtPlugin');
    expect(system.openStreams).toBe(0);
    await mountPlugin({ system: system.client });
    await expect.poll(() => system.openStreams).toBe(1);
    system.task.progress({ percent: 70, done: 1400 });
    await expect.element(dialog()).toMatchTextContent('1,400 / 2,000 addresses connected');
  });

  test('that ended while the page was away is shown, until it is dismissed', async () => {
    const { app, system } = await start();
    app.unregisterPlugin('lrtPlugin');
    system.task.succeed();
    const again = await mountPlugin({ system: system.client });
    await expect.element(heading()).toHaveTextContent('2,000 addresses connected');
    await button('Start another').click();
    await expect.element(button('Create connections')).toBeVisible();
    again.app.unregisterPlugin('lrtPlugin');
    await mountPlugin({ system: system.client });
    await expect.element(button('Create connections')).toBeVisible();
    expect(system.openStreams).toBe(0);
  });

  test('that the server no longer knows after a reload is forgotten without a word', async () => {
    localStorage.setItem('lrt-plugin:lrtPlugin', 'task-gone');
    await mountPlugin({ system: createFakeSystem().client });
    await expect.element(button('Create connections')).toBeEnabled();
    await expect.poll(() => localStorage.getItem('lrt-plugin:lrtPlugin')).toBeNull();
  });

  test('is started where localStorage throws', async () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const { problems } = await start();
    await expect.element(dialog()).toMatchTextContent('200 / 2,000 addresses connected');
    expect(problems).toEqual([]);
  });

  test('is found although the list of the server cannot be had', async () => {
    const { app, system } = await start();
    app.unregisterPlugin('lrtPlugin');
    system.refuse('listTasks', { code: 'internal', message: 'no list' });
    await mountPlugin({ system: system.client });
    await expect.element(dialog()).toMatchTextContent('200 / 2,000 addresses connected');
  });
});

describe('what is being built', () => {
  const overlay = () => ({ add: vi.fn(), settle: vi.fn(), remove: vi.fn() });

  test('is drawn while the modal is closed, and settled on success', async () => {
    const shown = overlay();
    const { system } = await start(undefined, { overlay: shown });
    await close().click();
    system.task.features([drop]);
    await expect.poll(() => shown.add.mock.calls).toEqual([['task-1', [drop], { replace: false }]]);
    system.task.features([drop], true);
    await expect.poll(() => shown.add.mock.lastCall).toEqual(['task-1', [drop], { replace: true }]);
    system.task.succeed();
    await expect.poll(() => shown.settle.mock.calls).toEqual([['task-1']]);
    expect(shown.remove).not.toHaveBeenCalled();
  });

  test.each(['failed', 'cancelled'])('is removed when the task %s', async (end) => {
    const option = overlay();
    const { system } = await start(undefined, { options: { overlay: option } });
    system.task.features([drop]);
    if (end === 'failed') system.task.fail({ code: 'timeout', message: 'late' });
    else system.task.cancelled();
    await expect.poll(() => option.remove.mock.calls).toEqual([['task-1']]);
    expect(option.settle).not.toHaveBeenCalled();
  });
});

test('unregistering takes what is half built off the map', async () => {
  const overlay = { add: vi.fn(), settle: vi.fn(), remove: vi.fn() };
  const { app, system } = await start(undefined, { overlay });
  system.task.features([drop]);
  app.unregisterPlugin('lrtPlugin');
  expect(overlay.remove.mock.calls).toEqual([['task-1']]);
});

describe('unregistering', () => {
  test('leaves no element, listener or stream, and the task runs on', async () => {
    const { app, system } = await start();
    await close().click();
    await toolbarButton().click();
    app.unregisterPlugin('lrtPlugin');
    await expect.element(dialog()).not.toBeInTheDocument();
    await expect.poll(() => document.querySelector('.lrt-modal, [role="dialog"], #lrt-button')).toBeNull();
    expect(app.listenerCount('currentFeature-changed')).toBe(0);
    expect(app.listenerCount('currentFeatureSet-changed')).toBe(0);
    expect(system.openStreams).toBe(0);
    expect(system.calls.filter(({ method }) => method === 'cancelTask')).toEqual([]);
    system.task.progress({ percent: 99 });
  });

  test('the setup listens to the selection only while it is shown', async () => {
    const { app } = await mountPlugin({ system: createFakeSystem().client, open: false });
    const before = app.listenerCount('currentFeature-changed');
    await toolbarButton().click();
    await expect.element(dialog()).toBeVisible();
    expect(app.listenerCount('currentFeature-changed')).toBe(before + 1);
    await close().click();
    await expect.poll(() => app.listenerCount('currentFeature-changed')).toBe(before);
  });

  test('while a start is under way leaves nothing, and the task is found again later', async () => {
    const system = createFakeSystem({ minimal: true });
    const release = system.hold();
    const { app } = await mountPlugin({ system: system.client });
    await button('Create connections').click();
    app.unregisterPlugin('lrtPlugin');
    release();
    await expect.poll(() => localStorage.getItem('lrt-plugin:lrtPlugin')).toBe('task-1');
    expect(system.openStreams).toBe(0);
  });

  test('two applications on a page do not meet', async () => {
    const system = createFakeSystem();
    const first = await mountPlugin({ system: system.client, open: false });
    const second = await mountPlugin({ system: createFakeSystem().client, open: false });
    first.plugin.showModal();
    await expect.element(dialog()).toBeVisible();
    second.app.dispose();
    await expect.element(dialog()).toBeVisible();
    await button('Create connections').click();
    await expect.poll(() => system.tasks.length).toBe(1);
  });
});

describe('options', () => {
  test.each([
    [{ system: {} }, "option 'system' must be an object with the methods enqueueTask, streamTaskProgress"],
    [{ overlay: { add() {} } }, 'one without settle, remove'],
    [{ count: 0 }, "option 'count' must be a whole number from 1 to 100000, and is 0"],
    [{ count: '5' }, "and is '5'"],
    [{ language: 'no such' }, "option 'language' must be a language tag such as 'de', and is 'no such'"],
    [{ messages: { title: 5 } }, "option 'messages' must be an object of texts by message key"],
    [{ taskName: '' }, "option 'taskName' must be the name of a task"],
    [{ listPoles: [] }, "option 'listPoles' must be a function"],
  ])('%o is refused by name', (options, message) => {
    const app = createApplication();
    onTestFinished(() => app.dispose());
    expect(() => new LrtPlugin(app, options as never)).toThrow(message);
  });

  test('go before the host: system, language, words, count, task', async () => {
    const system = createFakeSystem();
    await mountPlugin({
      system: createFakeSystem().client,
      messages: { en: { LRT: { title: 'Host title', create: 'Host create' } } },
      options: {
        system: system.client,
        count: 5,
        taskName: 'other_task',
        messages: { create: 'Build {what}' },
      },
    });
    const named = page.getByRole('dialog', { name: 'Host title' });
    await named.getByRole('button', { name: 'Build {what}' }).click();
    await expect
      .poll(() => system.tasks[0]?.snapshot)
      .toMatchObject({ name: 'other_task', params: { count: 5 } });
  });
});

describe('rendering', () => {
  test('survives the double mount of StrictMode', async () => {
    const system = createFakeSystem();
    const app = createApplication({ system: system.client });
    app.setCurrentFeature(POLE);
    const session = createTaskSession({ app, taskName: 'customer_connection_task', pluginId: 'strict' });
    const place = document.body.appendChild(document.createElement('div'));
    const root = createRoot(place);
    onTestFinished(() => {
      root.unmount();
      place.remove();
      session.dispose();
      app.dispose();
    });
    root.render(
      <StrictMode>
        <HostProvider app={app}>
          <Toolbar />
          <LrtModal open onClose={() => {}} session={session} defaultCount={10} app={app} />
        </HostProvider>
      </StrictMode>,
    );
    await button('Create connections').click();
    await expect.poll(() => system.tasks.length).toBe(1);
    system.task.run({ percent: 5 });
    await expect.element(heading()).toHaveTextContent('Running');
    expect(system.openStreams).toBe(1);
    root.render(<StrictMode />);
    await expect.element(dialog()).not.toBeInTheDocument();
    expect(app.listenerCount('currentFeature-changed')).toBe(0);
  });

  test('a flood of progress is drawn at most once a frame, and its last word counts', async () => {
    const { system, plugin } = await start();
    let changes = 0;
    const observer = new MutationObserver(() => {
      changes += 1;
    });
    observer.observe(dialog().element(), { subtree: true, characterData: true, childList: true });
    let frames = 0;
    for (let burst = 0; burst < 10; burst += 1) {
      for (let step = 1; step <= 200; step += 1) {
        const done = burst * 200 + step;
        system.task.progress({ percent: done / 20, done });
      }
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames += 1;
    }
    await expect.element(dialog()).toMatchTextContent('2,000 / 2,000 addresses connected');
    observer.disconnect();
    expect(changes).toBeLessThanOrEqual(frames * 2 + 4);
    expect(plugin).toBeDefined();
  });

  test('an error inside the modal stays inside it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const app = createApplication({ system: createFakeSystem().client });
    onTestFinished(() => app.dispose());
    let broken = true;
    const state = { available: true, canCancel: true, starting: false, cancelling: false };
    const session = {
      subscribe: () => () => {},
      getState: () => {
        if (broken) throw new Error('state went missing');
        return state;
      },
      start: async () => {},
      cancel: async () => {},
      retry: async () => {},
      followAgain: () => {},
      canRetry: () => false,
      dismiss: () => {},
    };
    app.renderReactNode(null, LrtModal, { open: true, onClose: () => {}, session, app });
    await expect.element(dialog()).toMatchTextContent('This window stopped working: state went missing');
    broken = false;
    await button('Try again').click();
    await expect.element(button('Create connections')).toBeVisible();
  });
});
