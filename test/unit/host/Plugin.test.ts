import { describe, expect, it, vi } from 'vitest';
import type { HostApplication } from '../../../src/host/contract.ts';
import { Events } from '../../../src/host/events.ts';
import { Localisation } from '../../../src/host/localisation.ts';
import { Plugin } from '../../../src/host/Plugin.ts';
import { PluginButton } from '../../../src/host/PluginButton.ts';

class BareApplication extends Events implements HostApplication {
  currentFeature = null;
  plugins = {};
  localisation = new Localisation('en');
  setCurrentFeature() {}
}

class Greeter extends Plugin {
  static {
    Greeter.prototype.messageGroup = 'GREETER';
  }
  greeted = 0;
  greet() {
    this.greeted += 1;
  }
}

class GreetButton extends PluginButton<Greeter> {
  override action() {
    this.owner.greet();
  }
}

// These run where there is no document: a plugin can be tested in plain Node.
describe('Plugin', () => {
  it('has its application, its options and its messages', () => {
    const app = new BareApplication();
    app.localisation.loadMessages('en', { GREETER: { hello: 'Hello {name}' } });
    const plugin = new Greeter(app, { loud: true });
    expect(plugin.app).toBe(app);
    expect(plugin.owner).toBe(app);
    expect(plugin.options).toEqual({ loud: true });
    expect(plugin.msg('hello', { name: 'Ada' })).toBe('Hello Ada');
    expect(plugin.msg('unknown')).toBe('unknown');
  });

  it('finds the application of an owner that has one, and gives keys where the host has no messages', () => {
    const app: HostApplication = Object.assign(new BareApplication(), { localisation: undefined });
    const plugin = new Greeter({ app });
    expect(plugin.app).toBe(app);
    expect(plugin.msg('hello')).toBe('hello');
  });

  it('stops listening and lets go of its listeners when it is removed', () => {
    const app = new BareApplication();
    const plugin = new Greeter(app);
    const heard = vi.fn();
    plugin.listenTo(app, 'currentFeature-changed', plugin.greet);
    plugin.on('greeted', heard);
    app.fire('currentFeature-changed');
    plugin.trigger('greeted', 1);
    expect(plugin.greeted).toBe(1);
    expect(heard).toHaveBeenCalledWith(1);
    plugin.remove();
    app.fire('currentFeature-changed');
    plugin.trigger('greeted', 2);
    expect([plugin.greeted, heard.mock.calls.length, app.listenerCount()]).toEqual([1, 1, 0]);
  });
});

describe('PluginButton', () => {
  it('acts with nothing but its owner, as a palette calls it', () => {
    const plugin = new Greeter(new BareApplication());
    GreetButton.prototype.action.call({ owner: plugin } as GreetButton);
    expect(plugin.greeted).toBe(1);
  });

  it('acts on its plugin, and has no element where there is no document', () => {
    const plugin = new Greeter(new BareApplication());
    const button = new GreetButton(plugin);
    button.initUI();
    button.action();
    expect(plugin.greeted).toBe(1);
    expect(button.el).toBeUndefined();
    expect(button.app).toBe(plugin.app);
  });
});
