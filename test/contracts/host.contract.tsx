import type { ComponentType } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type {
  DraggableModalProps,
  EventHandler,
  HostFeature,
  Msg,
  RenderReactNode,
} from '../../src/host/index.ts';

/** An application, as far as every host has it. */
export interface ContractApplication {
  currentFeature: unknown;
  plugins: Record<string, unknown>;
  on(events: string, handler: EventHandler): void;
  off(events: string, handler: EventHandler): void;
  setCurrentFeature(feature: HostFeature | null): void;
}

export interface ContractPlugin {
  messageGroup: string;
  buttons: Record<string, new (owner: never, options: never) => { action(): unknown }>;
  msg(key: string, values?: Record<string, unknown>): string;
  remove?(): void;
}

/** What a plugin imports from its host, and the application it is registered with. */
export interface HostUnderTest<App extends ContractApplication = ContractApplication> {
  app: App;
  Plugin: new (
    owner: App,
    options?: Record<string, unknown>,
  ) => ContractPlugin & {
    app: App;
    listenTo(other: App, events: string, handler: EventHandler): void;
  };
  PluginButton: new (owner: never) => { id: string; titleMsg: string; owner: unknown; action(): unknown };
  renderReactNode: RenderReactNode;
  useLocale(group: string): { msg: Msg };
  DraggableModal: ComponentType<DraggableModalProps>;
  /** Registers a plugin and shows its button 'dialog' in the toolbar. */
  register(
    id: string,
    Class: new (owner: App, options?: Record<string, unknown>) => ContractPlugin,
    options?: Record<string, unknown>,
  ): void;
  unregister?(id: string): void;
  dispose(): void | Promise<void>;
}

/** What a host may do without, with the reason why one does. */
export type Lacks = Partial<Record<'unregister' | 'other languages' | 'close by Escape', string>>;

export interface HostSetup {
  language: string;
  messages: Record<string, Record<string, Record<string, string>>>;
}

const SETUP: HostSetup = {
  language: 'de',
  messages: {
    en: { TEST: { title: 'Connect', hello: 'Hello {name}' } },
    de: { TEST: { title: 'Anschließen' } },
  },
};

function Greeting({ name }: { name: string }) {
  return <p>Hello {name}</p>;
}

function Title({ useLocale }: { useLocale(group: string): { msg: Msg } }) {
  return <p>{useLocale('TEST').msg('title')}</p>;
}

/** The tests that every host has to pass for our plugin to run in it. */
export function declareHostContract<App extends ContractApplication>(
  name: string,
  create: (setup: HostSetup) => Promise<HostUnderTest<App>>,
  lacks: Lacks = {},
): void {
  describe(`${name}: what a plugin may expect of its host`, () => {
    let host: HostUnderTest<App> | undefined;

    async function start(): Promise<HostUnderTest<App>> {
      host = await create(SETUP);
      return host;
    }

    function testPlugin({ Plugin, PluginButton }: HostUnderTest<App>) {
      const started = vi.fn();
      const pressed = vi.fn();
      class DialogButton extends PluginButton {
        static {
          DialogButton.prototype.id = 'test-button';
          DialogButton.prototype.titleMsg = 'title';
        }
        override action() {
          pressed(this.owner);
        }
      }
      class TestPlugin extends Plugin {
        static {
          TestPlugin.prototype.messageGroup = 'TEST';
          TestPlugin.prototype.buttons = { dialog: DialogButton };
        }
        selections = 0;
        constructor(owner: App, options?: Record<string, unknown>) {
          super(owner, options);
          started(this);
          this.listenTo(this.app, 'currentFeature-changed currentFeatureSet-changed', () => {
            this.selections += 1;
          });
        }
      }
      return { TestPlugin, started, pressed };
    }

    afterEach(async () => {
      await host?.dispose();
      host = undefined;
    });

    it('constructs it with the application and its options', async () => {
      const made = await start();
      const { TestPlugin, started } = testPlugin(made);
      made.register('test', TestPlugin, { limit: 7 });
      const plugin = started.mock.calls[0]?.[0];
      expect(plugin).toMatchObject({ owner: made.app, app: made.app, options: { limit: 7 } });
      expect(made.app.plugins.test).toBe(plugin);
    });

    it('shows its button under its translated title, and acts on a click with the plugin as owner', async () => {
      const made = await start();
      const { TestPlugin, started, pressed } = testPlugin(made);
      made.register('test', TestPlugin);
      await userEvent.click(page.getByRole('button', { name: 'Anschließen' }));
      expect(pressed).toHaveBeenCalledExactlyOnceWith(started.mock.calls[0]?.[0]);
    });

    it('takes its button and its listeners away when it is unregistered', async ({ skip }) => {
      skip(lacks.unregister !== undefined, lacks.unregister);
      const made = await start();
      const { TestPlugin, started } = testPlugin(made);
      made.register('test', TestPlugin);
      await expect.element(page.getByRole('button', { name: 'Anschließen' })).toBeInTheDocument();
      made.unregister?.('test');
      await expect.element(page.getByRole('button', { name: 'Anschließen' })).not.toBeInTheDocument();
      made.app.setCurrentFeature(null);
      expect(started.mock.calls[0]?.[0].selections).toBe(0);
      expect(made.app.plugins.test).toBeUndefined();
    });

    it('gives messages of its group, the key where nobody has', async () => {
      const made = await start();
      const { TestPlugin } = testPlugin(made);
      const plugin = new TestPlugin(made.app, {});
      expect(plugin.msg('title')).toBe('Anschließen');
      expect(plugin.msg('nothing')).toBe('nothing');
      plugin.remove?.();
    });

    it('gives English where the language has no message', async ({ skip }) => {
      skip(lacks['other languages'] !== undefined, lacks['other languages']);
      const made = await start();
      const { TestPlugin } = testPlugin(made);
      const plugin = new TestPlugin(made.app, {});
      expect(plugin.msg('hello', { name: 'Ada' })).toBe('Hello Ada');
      plugin.remove?.();
    });

    it('tells of the selected feature under both names in one string, until it is taken off', async () => {
      const { app } = await start();
      const heard = vi.fn();
      app.on('currentFeature-changed currentFeatureSet-changed', heard);
      app.setCurrentFeature(pole(12));
      expect(heard).toHaveBeenCalled();
      expect(app.currentFeature).toMatchObject({ id: 12 });
      const before = heard.mock.calls.length;
      app.off('currentFeature-changed currentFeatureSet-changed', heard);
      app.setCurrentFeature(null);
      expect(heard.mock.calls.length).toBe(before);
      expect(app.currentFeature).toBeNull();
    });

    it('renders a component without a node, again in the root it gave, and takes it away', async () => {
      const { renderReactNode } = await start();
      const root = renderReactNode(null, Greeting, { name: 'Ada' });
      await expect.element(page.getByText('Hello Ada')).toBeInTheDocument();
      expect(renderReactNode(null, Greeting, { name: 'Grace' }, root)).toBe(root);
      await expect.element(page.getByText('Hello Grace')).toBeInTheDocument();
      await expect.element(page.getByText('Hello Ada')).not.toBeInTheDocument();
      root.unmount();
      await expect.element(page.getByText('Hello Grace')).not.toBeInTheDocument();
    });

    it('renders into a node of the plugin, and leaves that node in place', async () => {
      const { renderReactNode } = await start();
      const node = document.createElement('div');
      document.body.append(node);
      const root = renderReactNode(node, () => <p>In here</p>, {});
      await expect.poll(() => node.textContent).toBe('In here');
      root.unmount();
      await expect.poll(() => node.textContent).toBe('');
      expect(node.isConnected).toBe(true);
      node.remove();
    });

    it('gives components the messages of a group', async () => {
      const { renderReactNode, useLocale } = await start();
      const root = renderReactNode(null, Title, { useLocale });
      await expect.element(page.getByText('Anschließen')).toBeInTheDocument();
      root.unmount();
    });

    it('shows a modal with its title, content and footer, that asks to be closed', async () => {
      const { renderReactNode, DraggableModal } = await start();
      const onCancel = vi.fn();
      const props = { open: true, title: 'Connect', width: 400, onCancel, wrapClassName: 'test-modal' };
      const footer = [
        <button key="ok" type="button">
          OK
        </button>,
      ];
      const content = { ...props, footer, children: <p>2,000 addresses</p> };
      const root = renderReactNode(null, DraggableModal, content);
      const dialog = page.getByRole('dialog', { name: 'Connect' });
      await expect.element(dialog.getByText('2,000 addresses')).toBeVisible();
      await expect.element(dialog.getByRole('button', { name: 'OK' })).toBeVisible();
      expect(
        document.querySelector('.test-modal [role="dialog"], .test-modal[role="dialog"]'),
      ).not.toBeNull();
      if (lacks['close by Escape'] === undefined) await userEvent.keyboard('{Escape}');
      else await dialog.getByRole('button', { name: 'Close' }).click();
      expect(onCancel).toHaveBeenCalledOnce();
      renderReactNode(null, DraggableModal, { ...content, open: false }, root);
      await expect.element(dialog).not.toBeInTheDocument();
      root.unmount();
    });
  });
}

function pole(id: number): HostFeature {
  return {
    id,
    getType: () => 'pole',
    getUrn: () => `pole/${id}`,
    getTitle: () => `Pole ${id}`,
    properties: { name: `P-${id}` },
    geometry: { type: 'Point', coordinates: [0.1, 52.2] },
    _myw: { title: `Pole ${id}`, delta: 'design/North' },
  };
}
