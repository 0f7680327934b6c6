import myw, {
  type ApplicationDefinition,
  createApplicationDefinition,
  PlatformApplication,
  Plugin,
  PluginButton,
  type StartOptions,
  startApplication,
} from 'lrt-plugin/host/myworld-client';
import { Button, DraggableModal, renderReactNode, Select } from 'lrt-plugin/host/myworld-client/react';
import { useEffect, useState } from 'react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RenderRoot } from '../../../src/host/contract.ts';
import { Toolbar } from '../../../src/host/index.ts';

function start(definition: ApplicationDefinition, options: StartOptions = {}) {
  const app = startApplication({ definition, ...options });
  const problems: string[] = [];
  app.on('error', (problem: never) => problems.push(String(problem)));
  onTestFinished(() => app.dispose());
  app.renderReactNode(null, Toolbar, {});
  return { app, problems };
}

function define(id: string, Class: typeof Plugin, button = 'dialog') {
  const definition = createApplicationDefinition();
  definition.plugins[id] = Class;
  definition.layouts.desktop.controls.toolbar[1].buttons.push(`${id}.${button}`);
  return definition;
}

// As plugins in the field write it: open is its own, and what it listens to is never taken off.
const heard = vi.fn();
function Careless({ open, fails }: { open: boolean; fails?: boolean }) {
  const [app] = useState(myw.app);
  const [isOpen, setIsOpen] = useState(open);
  const [selected, setSelected] = useState('');
  useEffect(() => {
    app?.on('currentFeature-changed currentFeatureSet-changed', () => {
      heard();
      setSelected(app.currentFeature?.getTitle() ?? '');
    });
  }, [app]);
  if (fails) throw new Error('boom');
  return (
    <DraggableModal
      open={isOpen}
      title="Careless"
      onCancel={() => setIsOpen(false)}
      footer={[
        <Button key="c" onClick={() => setIsOpen(false)}>
          Cancel
        </Button>,
      ]}
    >
      {selected}
      <Select aria-label="kind" options={[{ value: 1, label: 'one' }]} />
    </DraggableModal>
  );
}

class CarelessButton extends PluginButton {
  static {
    CarelessButton.prototype.id = 'careless';
  }
  override action() {
    if (this.owner instanceof CarelessPlugin) this.owner.show();
  }
}

class CarelessPlugin extends Plugin {
  declare renderRoot: RenderRoot | undefined;
  static {
    CarelessPlugin.prototype.buttons = { dialog: CarelessButton };
  }
  show(fails = false) {
    this.renderRoot = renderReactNode(null, Careless, { open: true, fails }, this.renderRoot);
  }
}

const modal = () => page.getByRole('dialog', { name: 'Careless' });
const button = () => page.getByRole('toolbar').getByRole('button', { name: 'careless' });

describe('the stand-in host and a plugin that cleans nothing up', () => {
  it('opens its modal as often as the button is pressed', async () => {
    const { problems } = start(define('careless', CarelessPlugin));
    for (const _ of [1, 2]) {
      await userEvent.click(button());
      await expect.element(modal()).toBeVisible();
      await userEvent.click(modal().getByRole('button', { name: 'Cancel' }));
      await expect.element(modal()).not.toBeInTheDocument();
    }
    expect(problems).toEqual([]);
  });

  it('keeps what the user has done in a modal that is open when the button is pressed again', async () => {
    const { app } = start(define('careless', CarelessPlugin));
    await userEvent.click(button());
    await expect.element(modal()).toBeVisible();
    app.setCurrentFeature(pole);
    await expect.element(modal().getByText('Pole 1')).toBeVisible();
    await userEvent.click(button());
    await expect.element(modal().getByText('Pole 1')).toBeVisible();
  });

  it('takes its root and its listeners away with it', async () => {
    const { app, problems } = start(define('careless', CarelessPlugin));
    const before = app.listenerCount();
    await userEvent.click(button());
    await expect.element(modal()).toBeVisible();
    await expect.poll(() => app.listenerCount()).toBeGreaterThan(before);
    app.unregisterPlugin('careless');
    await expect.element(modal()).not.toBeInTheDocument();
    heard.mockClear();
    app.setCurrentFeature(pole);
    expect(heard).not.toHaveBeenCalled();
    expect(problems).toEqual([]);
  });

  it('keeps an error in its modal there, tells of it, and tries again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    const { app, problems } = start(define('careless', CarelessPlugin));
    const plugin = app.plugins.careless;
    if (!(plugin instanceof CarelessPlugin)) throw new Error('not registered');
    plugin.show(true);
    await expect.poll(() => problems).toEqual(['Error: boom']);
    await userEvent.click(button());
    await expect.element(modal()).toBeVisible();
  });
});

describe('buttons of the platform', () => {
  class Toggle extends PluginButton {
    static {
      Toggle.prototype.id = 'careless';
      Toggle.prototype.className = 'toggle-button';
    }
    override async initialize(...args: unknown[]) {
      PluginButton.prototype.initialize.apply(this, args);
      if (this.app instanceof PlatformApplication && !(await this.app.userHasPermission('edit')))
        this.remove();
    }
    override initUI() {
      this.$el.attr('data-state', 'ready').on('mouseenter', () => this.$el.addClass('entered'));
    }
    override action() {
      this.$el.toggleClass('pressed');
      this.setActive(!this.$el.hasClass('pressed'));
    }
  }
  class TogglePlugin extends Plugin {
    static {
      TogglePlugin.prototype.buttons = { dialog: Toggle };
    }
  }

  it('work on their element without jQuery', async () => {
    const { app } = start(define('toggle', TogglePlugin));
    const item = app.toolbar[0]?.button;
    if (!(item instanceof Toggle)) throw new Error('no button');
    await userEvent.click(button());
    expect(item.$el.is('.toggle-button.pressed.inactive[data-state=ready]')).toBe(true);
    expect(item.$el.find('button').length).toBe(1);
    item.$el.trigger('mouseenter');
    expect(item.$el.hasClass('entered')).toBe(true);
    expect(item.el?.inert).toBe(true);
  });

  it('may remove themselves for lack of rights', async () => {
    start(define('toggle', TogglePlugin), { permissions: ['view'] });
    await expect.element(button()).not.toBeInTheDocument();
  });
});

describe('the platform, as far as it is stood in for', () => {
  it('has the latest application, its settings and its definition', () => {
    const { app } = start(createApplicationDefinition(), { settings: { 'custom.feature': 'pole' } });
    expect(myw.app).toBe(app);
    expect(myw.config['custom.feature']).toBe('pole');
    expect(app.system.settings['custom.feature']).toBe('pole');
    expect(myw.applicationDefinition.layouts.desktop.controls.toolbar[1].buttons).toEqual([]);
    app.dispose();
    expect(myw.app).toBeUndefined();
    expect(myw.config).toEqual({});
  });

  it('gives messages by group and key, in one text or two', () => {
    const messages = { en: { fibre: { title: 'Fibres of {name}' } } };
    const { app } = start(createApplicationDefinition(), { messages });
    expect(app.msg('fibre.title', { name: 'C-1' })).toBe('Fibres of C-1');
    expect(app.msg('fibre', 'title', { name: 'C-2' })).toBe('Fibres of C-2');
    expect(app.msg('fibre.nothing')).toBe('fibre.nothing');
  });

  it('refuses tasks in words where there is no task client', async () => {
    const { app } = start(createApplicationDefinition());
    await expect(app.system.enqueueTask('x', {})).rejects.toThrow('startApplication({ system })');
  });

  it('lets classes that it has not be extended, and says so where they are used', () => {
    const { TreeView } = myw;
    if (!TreeView) throw new Error('nothing to extend');
    class Tree extends TreeView {}
    expect(() => new Tree()).toThrow('not in the stand-in host: TreeView');
    expect(myw.somethingElse).toBeUndefined();
  });

  it('has a map without a picture where there is no other', () => {
    const { app } = start(createApplicationDefinition());
    app.setCurrentFeature(pole, { zoomTo: true });
    expect(app.map?.getBounds().slice(0, 4)).toEqual([0.1, 52.2, 0.1, 52.2]);
    const center: unknown = app.map && Reflect.get(app.map, 'getCenter')();
    expect(center).toEqual({ lat: 52.2, lng: 0.1 });
  });

  it('names the modules that have messages, when another is asked for', async () => {
    const { problems } = start(createApplicationDefinition());
    await myw.localisation.loadModuleLocale('no_such_module');
    await expect.poll(() => problems.join()).toContain("loadModuleLocale('no_such_module')");
    expect(problems.join()).toContain('modules with message files:');
  });
});

const pole = {
  id: 1,
  getType: () => 'pole',
  getUrn: () => 'pole/1',
  getTitle: () => 'Pole 1',
  properties: {},
  geometry: { type: 'Point' as const, coordinates: [0.1, 52.2] as [number, number] },
};
