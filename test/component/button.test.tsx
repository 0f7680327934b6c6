// Tests what a plugin's button says of its task while the dialog is closed: in the stand-in host's toolbar and palette,
// and on a platform whose toolbar draws nothing for its plugins.
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LrtPlugin, type LrtPluginInstance, type LrtPluginOptions } from 'lrt-plugin';
import { createApplication, Palette, Plugin, PluginButton, Toolbar } from 'lrt-plugin/host';
import { createButtonStatus, createTaskSession } from 'lrt-plugin/parts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createFakeSystem } from '../../harness/fakeSystem.ts';
import { bindMyWorld } from '../../src/hosts/myworld/bindMyWorld.tsx';
import { createMinimalHost } from '../support/host/minimalHost.tsx';
import { POLE } from '../support/host/mountPlugin.ts';

const TITLE = 'Customer connections';

/** The stand-in host with a toolbar and a palette, and a task that is followed already. */
async function openHost({
  language = 'en',
  options = {},
}: {
  language?: string;
  options?: LrtPluginOptions;
} = {}) {
  const system = createFakeSystem();
  system.add();
  const app = createApplication({
    system: system.client,
    language,
    plugins: { lrtPlugin: [LrtPlugin, options] },
    toolbar: ['lrtPlugin.dialog'],
    palette: ['lrtPlugin.dialog'],
  });
  onTestFinished(() => app.dispose());
  app.setCurrentFeature(POLE);
  app.renderReactNode(null, Toolbar, {});
  app.renderReactNode(null, Palette, {});
  await waitFor(() => expect(system.openStreams).toBe(1));
  await screen.findByRole('toolbar');
  const plugin = app.plugins.lrtPlugin as LrtPluginInstance;
  const toolbarButton = (name: string) => within(screen.getByRole('toolbar')).findByRole('button', { name });
  const paletteButton = (name: string) =>
    within(screen.getByRole('navigation')).findByRole('button', { name });
  return { app, plugin, system, toolbarButton, paletteButton };
}

const markOf = (button: HTMLElement) => button.querySelector('[data-status]')?.getAttribute('data-status');

test('shows how far the task is, in the toolbar and in the palette', async () => {
  const { system, toolbarButton, paletteButton } = await openHost();
  expect(markOf(await toolbarButton(`${TITLE}: Waiting for a free worker`))).toBe('waiting');
  act(() => system.task.run({ percent: 42.7 }));
  expect(markOf(await toolbarButton(`${TITLE}: 42%`))).toBe('running');
  expect(markOf(await paletteButton(`${TITLE}: 42%`))).toBe('running');
});

test.each([
  ['succeeded', 'Done'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
  ['lost', 'The task is out of sight'],
] as const)(
  'a task that is %s while the dialog is closed is shown until it is opened',
  async (phase, words) => {
    const { system, plugin, toolbarButton } = await openHost();
    act(() => system.task.run({ percent: 10 }));
    act(() => {
      if (phase === 'succeeded') system.task.succeed();
      else if (phase === 'cancelled') system.task.cancelled();
      else system.task.fail({ code: phase === 'lost' ? 'unauthorized' : 'timeout', message: 'no' });
    });
    const button = await toolbarButton(`${TITLE}: ${words}`);
    expect(markOf(button)).toBe(phase);
    await userEvent.click(button);
    await screen.findByRole('dialog', { name: TITLE });
    expect(markOf(await toolbarButton(TITLE))).toBeUndefined();
    act(() => plugin.hideModal());
    await toolbarButton(TITLE);
  },
);

test('a task that ends before the eyes of the user leaves nothing on the button', async () => {
  const { system, plugin, toolbarButton } = await openHost();
  act(() => plugin.showModal());
  act(() => system.task.run({ percent: 10 }));
  await toolbarButton(`${TITLE}: 10%`);
  act(() => system.task.succeed());
  await toolbarButton(TITLE);
});

test('says it in the language of the host', async () => {
  const { system, toolbarButton } = await openHost({ language: 'de' });
  act(() => system.task.run({ percent: 42 }));
  await toolbarButton('Kundenanschlüsse: 42\u00a0%');
});

test('says it in the language of the host also where its words arrive after the last event', async () => {
  const { promise, resolve } = Promise.withResolvers<Record<string, string>>();
  const { system, toolbarButton } = await openHost({
    language: 'pt',
    options: { packs: { pt: () => promise } },
  });
  act(() => system.task.run({ percent: null }));
  await toolbarButton(`${TITLE}: Running`);
  await act(async () => resolve({ title: 'Ligações', status_running: 'Em curso' }));
  await toolbarButton('Ligações: Em curso');
});

test('turns at an unknown percentage, and stands still for a user who asks for less motion', async () => {
  const { system, toolbarButton } = await openHost();
  act(() => system.task.run({ percent: null }));
  const button = await toolbarButton(`${TITLE}: Running`);
  expect(button.querySelector('animateTransform')).not.toBeNull();
  window.matchMedia = vi.fn(
    (query: string) => ({ matches: query.includes('reduced-motion') }) as MediaQueryList,
  );
  onTestFinished(() => void Reflect.deleteProperty(window, 'matchMedia'));
  act(() => system.task.run({ percent: 1 }));
  await toolbarButton(`${TITLE}: 1%`);
  act(() => system.task.run({ percent: null }));
  await waitFor(() => expect(button.querySelector('animateTransform')).toBeNull());
});

test('nothing is left on the button, and nobody listens, once the plugin is removed', async () => {
  const system = createFakeSystem();
  const session = createTaskSession({ app: { system: system.client }, taskName: 'x', pluginId: 'x' });
  const status = createButtonStatus({ app: {}, session });
  const listener = vi.fn();
  status.subscribe(listener);
  await session.start({});
  system.task.run({ percent: 5 });
  await waitFor(() => expect(status.getState()).toEqual({ phase: 'running', percent: 5, text: '5%' }));
  status.dispose();
  expect(status.getState()).toBeUndefined();
  const calls = listener.mock.calls.length;
  system.task.succeed();
  session.dispose();
  expect(listener).toHaveBeenCalledTimes(calls);
});

test('is drawn on the element of a platform’s button, and taken off again', async () => {
  const system = createFakeSystem();
  system.add();
  const host = createMinimalHost({ system: system.client });
  onTestFinished(() => host.dispose());
  const elements: HTMLElement[] = [];
  class ViewButton extends host.PluginButton {
    readonly el = document.createElement('button');
    constructor(owner: ConstructorParameters<typeof host.PluginButton>[0]) {
      super(owner);
      this.el.setAttribute('aria-label', TITLE);
      elements.push(document.body.appendChild(this.el));
    }
  }
  onTestFinished(() => {
    for (const element of elements) element.remove();
  });
  const client = { ...host.modules.client, PluginButton: ViewButton };
  const { LrtPlugin: Bound } = bindMyWorld({ client, react: host.modules.react });
  host.start({ plugins: { lrtPlugin: Bound }, toolbar: ['lrtPlugin.dialog'] });
  await waitFor(() => expect(system.openStreams).toBe(1));
  act(() => system.task.run({ percent: 42 }));
  const button = await screen.findByRole('button', { name: `${TITLE}: 42%` });
  expect(markOf(button)).toBe('running');
  act(() => system.task.fail({ code: 'timeout', message: 'late' }));
  expect(markOf(await screen.findByRole('button', { name: `${TITLE}: Failed` }))).toBe('failed');
  act(
    () => host.app.plugins.lrtPlugin && (host.app.plugins.lrtPlugin as unknown as LrtPluginInstance).remove(),
  );
  expect(elements[0]?.getAttribute('aria-label')).toBe(TITLE);
  expect(elements[0]?.childElementCount).toBe(0);
});

test('stands on the first button of a plugin, and not on its others', async () => {
  const status = { phase: 'running', percent: 42, text: '42%' } as const;
  const app = createApplication({
    plugins: { survey: SurveyPlugin },
    toolbar: ['survey.dialog', 'survey.stop'],
    palette: ['survey.stop'],
  });
  onTestFinished(() => app.dispose());
  Object.assign(app.plugins.survey ?? {}, {
    buttonStatus: { getState: () => status, subscribe: () => () => {} },
  });
  app.renderReactNode(null, Toolbar, {});
  app.renderReactNode(null, Palette, {});
  const names = async (role: string) =>
    within(await screen.findByRole(role))
      .getAllByRole('button')
      .map((button) => button.getAttribute('aria-label') ?? button.textContent);
  expect(await names('toolbar')).toEqual(['Survey: 42%', 'Stop']);
  // The palette draws the first letter of a button without an image.
  expect(await names('navigation')).toEqual(['SStop']);
});

class SurveyPlugin extends Plugin {
  static {
    const titled = (title: string) =>
      class extends PluginButton<SurveyPlugin> {
        static {
          Object.assign(this.prototype, { titleMsg: title });
        }
      };
    SurveyPlugin.prototype.buttons = { dialog: titled('Survey'), stop: titled('Stop') };
  }
}
