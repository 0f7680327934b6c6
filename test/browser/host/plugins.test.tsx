import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { HostMap } from '../../../src/host/contract.ts';
import { Palette, Plugin, PluginButton, Toolbar } from '../../../src/host/index.ts';
import { mountIn, startApplication } from './mount.tsx';
import { NotesPlugin, pole, withNotes } from './NotesPlugin.tsx';

class OneButton extends PluginButton {
  static {
    OneButton.prototype.id = 'one';
  }
}
class TwoButton extends PluginButton {
  static {
    TwoButton.prototype.id = 'two';
  }
}
class Counting extends Plugin {
  static {
    Counting.prototype.buttons = { one: OneButton, two: TwoButton };
  }
}

afterEach(() => vi.restoreAllMocks());

describe('an application and its plugins', () => {
  it('reports two plugins of one id, a plugin that throws and unknown buttons, and goes on', async () => {
    class Broken extends Plugin {
      constructor(...args: ConstructorParameters<typeof Plugin>) {
        super(...args);
        throw new Error('no licence');
      }
    }
    const app = startApplication({
      ...withNotes,
      plugins: { broken: Broken, notes: NotesPlugin },
      toolbar: ['notes.dialog', 'notes.dialogue', 'note.dialog', 'nonsense'],
    });
    const problems: Error[] = [];
    app.on('error', (problem: Error) => problems.push(problem));
    const first = app.plugins.notes;
    expect(app.registerPlugin('notes', NotesPlugin)).toBeUndefined();
    expect(app.plugins.notes).toBe(first);
    await expect
      .poll(() => problems.map((problem) => problem.message))
      .toEqual([
        "Plugin 'broken' could not be started: no licence",
        "Button 'notes.dialogue' of the toolbar: plugin 'notes' has no button 'dialogue'; it has: dialog",
        "Button 'note.dialog' of the toolbar: there is no plugin 'note'; registered are: notes",
        "Button 'nonsense' of the toolbar: there is no plugin ''; registered are: notes",
        "A plugin is already registered as 'notes': unregister it first, or use another id",
      ]);
    expect(problems[0]?.cause).toEqual(new Error('no licence'));
    mountIn(app, <Toolbar />);
    await expect.element(page.getByRole('button', { name: 'Notes' })).toBeVisible();
    expect(page.getByRole('button').elements()).toHaveLength(1);
  });

  it('reports an error that nobody listens for as an uncaught one', async () => {
    const uncaught = vi.spyOn(window, 'reportError').mockImplementation(() => {});
    startApplication({ toolbar: ['gone.dialog'] });
    await expect.poll(() => uncaught.mock.calls.length).toBe(1);
    expect(String(uncaught.mock.calls[0]?.[0])).toContain("there is no plugin 'gone'; registered are: none");
  });

  it('reports what goes wrong in a button or on removal, at once or later', async () => {
    class BadPlugin extends Plugin {
      static {
        BadPlugin.prototype.buttons = {
          throws: class extends PluginButton {
            override action() {
              throw new Error('at once');
            }
          },
          rejects: class extends PluginButton {
            override async action() {
              throw new Error('later');
            }
          },
          unmakeable: class extends PluginButton {
            override initUI() {
              throw new Error('no look');
            }
          },
        };
      }
      override remove() {
        throw new Error('stuck');
      }
    }
    const app = startApplication({
      plugins: { bad: BadPlugin },
      toolbar: ['bad.throws', 'bad.rejects', 'bad.unmakeable'],
    });
    const problems: string[] = [];
    app.on('error', (problem: Error) => problems.push(problem.message));
    mountIn(app, <Toolbar />);
    await expect.element(page.getByRole('button').first()).toBeVisible();
    for (const button of page.getByRole('button').all()) await userEvent.click(button);
    app.unregisterPlugin('bad');
    await expect
      .poll(() => problems)
      .toEqual([
        "Button 'bad.unmakeable' could not be made: no look",
        'at once',
        'later',
        "Plugin 'bad' failed while it was removed: stuck",
      ]);
    await expect.poll(() => page.getByRole('button').query()).toBeNull();
  });

  it('acts from the palette with nothing but the owner, and keeps what a plugin did to its button', async () => {
    const app = startApplication({ ...withNotes, palette: ['notes.dialog'] });
    mountIn(app, <Palette />);
    await userEvent.click(page.getByRole('button', { name: 'Notes' }));
    await expect.element(page.getByRole('dialog', { name: 'Notes' })).toBeVisible();
    app.unregisterPlugin('notes');
    await expect.poll(() => page.getByRole('button').query()).toBeNull();

    app.registerPlugin('notes', NotesPlugin);
    mountIn(app, <Toolbar />);
    await expect.element(page.getByRole('toolbar').getByRole('button')).toBeVisible();
    const plugin = app.plugins.notes;
    if (plugin instanceof NotesPlugin) plugin.trigger('busy', true);
    app.setLanguage('de');
    await expect.element(page.getByRole('toolbar').getByRole('button', { name: 'Notizen' })).toBeVisible();
    expect(document.querySelector('.is-busy button')).not.toBeNull();
  });

  it('goes from button to button with the arrow keys', async () => {
    const app = startApplication({
      plugins: { counting: Counting },
      toolbar: ['counting.one', 'counting.two'],
    });
    mountIn(app, <Toolbar />);
    await expect.element(page.getByRole('button', { name: 'one' })).toBeVisible();
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('button', { name: 'two' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByRole('button', { name: 'one' })).toHaveFocus();
  });

  it('selects one feature or several, and zooms where it is asked to', () => {
    const zoomTo = vi.fn();
    const map: HostMap = { getBounds: () => [0, 0, 1, 1], fitBounds: vi.fn(), zoomTo };
    const app = startApplication({ map });
    const heard: string[] = [];
    app.on('currentFeature-changed', () => heard.push('feature'));
    app.on('currentFeatureSet-changed', () => heard.push('set'));
    app.setCurrentFeature(pole, { zoomTo: true });
    expect([app.currentFeature, app.currentFeatureSet.items]).toEqual([pole, [pole]]);
    expect(zoomTo).toHaveBeenCalledExactlyOnceWith(pole);
    app.setCurrentFeatureSet([pole, { ...pole, id: 2 }]);
    expect([app.currentFeature, app.currentFeatureSet.items.length]).toEqual([null, 2]);
    app.setMap(undefined);
    app.setCurrentFeature(pole, { zoomTo: true });
    expect(zoomTo).toHaveBeenCalledOnce();
    expect(heard).toEqual(['feature', 'set', 'feature', 'set', 'feature', 'set']);
  });
});
