// Plugins of the platform's older style: dialogs and forms that work on elements, without jQuery.
import myw, {
  Button,
  Checkbox,
  createApplicationDefinition,
  Dialog,
  type DialogOptions,
  DisplayMessage,
  Dropdown,
  Form,
  Input,
  Label,
  Plugin,
  type StartOptions,
  startApplication,
  Textarea,
} from 'lrt-plugin/host/myworld-client';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';

const messages = {
  en: { drops: { title: 'Drop cables', name: 'Name', create: 'Create', kind: 'Kind' } },
  de: { drops: { title: 'Hausanschlüsse', name: 'Bezeichnung', create: 'Anlegen', kind: 'Art' } },
  ar: { drops: { title: 'الكابلات', name: 'الاسم' } },
};

function start(options: StartOptions = {}) {
  const app = startApplication({ definition: createApplicationDefinition(), messages, ...options });
  const problems: string[] = [];
  app.on('error', (problem: never) => problems.push(String(problem)));
  onTestFinished(() => app.dispose());
  return { app, problems };
}

const shown = (name: string | RegExp) => page.getByRole('dialog', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** As plugins write it: a class with its form, its own messages, and buttons that follow what is entered. */
class DropDialog extends Dialog {
  declare form: Form;
  declare nameItem: Input;
  created: Record<string, unknown>[] = [];
  static {
    DropDialog.prototype.messageGroup = 'drops';
    DropDialog.prototype.className = 'drop-dialog';
    DropDialog.prototype.events = { 'click .more': 'showMore' };
    DropDialog.mergeOptions({ title: '{:title}', modal: false, autoOpen: false });
  }
  constructor(options: DialogOptions = {}) {
    super(options);
    this.setButtons({
      create: {
        text: '{:create}',
        class: 'primary-btn create-btn',
        disabled: true,
        click: () => this.created.push(this.form.getValue()),
      },
      close: { text: '{:close_btn}', class: 'right', click: () => this.close() },
    });
    this.render();
    this.nameItem = new Input({ name: 'name', cssClass: 'medium', onChange: () => this.update() });
    this.form = new Form({
      messageGroup: 'drops',
      rows: [
        { label: '{:name}:', components: [this.nameItem] },
        {
          label: '{:kind}:',
          components: [
            new Dropdown({
              name: 'kind',
              options: ['drop', { id: 'feeder', label: 'Feeder cable' }],
              selected: 'drop',
            }),
          ],
        },
        { label: 'Length:', components: [new Input({ name: 'length', type: 'number', value: 30 }), 'm'] },
        { components: [new Checkbox({ name: 'aerial', label: 'Aerial' })] },
        { label: 'Note:', components: [new Textarea({ name: 'note', rows: 2 })] },
      ],
    });
    this.$el.html(this.form.$el);
    this.$el.append('<a class="more" href="#">More</a><div class="message-container"></div>');
  }
  update() {
    const dialog = this.$el.dialog('widget');
    const ready = this.nameItem.getValue() !== '';
    Object(dialog)
      .find("button:contains('Create')")
      .button(ready ? 'enable' : 'disable');
  }
  showMore(event: Event) {
    event.preventDefault();
    new DisplayMessage({ el: this.$('.message-container'), type: 'success', message: 'There is more' });
  }
}

describe('a dialog with a form', () => {
  it('gives what the user has entered, by the names of the controls', async () => {
    const { problems } = start();
    const dialog = new DropDialog();
    await expect.element(shown('Drop cables')).not.toBeInTheDocument();
    dialog.open();
    await expect.element(button('Create')).toBeDisabled();
    await userEvent.fill(page.getByLabelText('Name:'), 'DROP-6000');
    await expect.element(button('Create')).toBeEnabled();
    await userEvent.click(page.getByRole('combobox', { name: 'Kind:' }));
    await userEvent.click(page.getByTitle('Feeder cable'));
    await userEvent.fill(page.getByLabelText('Length:'), '42.5');
    await userEvent.click(page.getByLabelText('Aerial'));
    await userEvent.fill(page.getByLabelText('Note:'), 'over the road');
    await userEvent.click(button('Create'));
    expect(dialog.created).toEqual([
      { name: 'DROP-6000', kind: 'feeder', length: 42.5, aerial: true, note: 'over the road' },
    ]);
    expect(problems).toEqual([]);
  });

  it('closes by Escape, by its cross and by its button, and keeps what was entered', async () => {
    start();
    const dialog = new DropDialog();
    for (const close of [
      () => userEvent.keyboard('{Escape}'),
      () => userEvent.click(shown('Drop cables').getByRole('button', { name: 'Close' }).first()),
      () => userEvent.click(shown('Drop cables').getByRole('button', { name: 'Close' }).last()),
    ]) {
      dialog.open();
      await userEvent.fill(page.getByLabelText('Name:'), 'kept');
      await close();
      await expect.element(shown('Drop cables')).not.toBeInTheDocument();
      expect(dialog.isOpen()).toBe(false);
    }
    dialog.open();
    await expect.element(page.getByLabelText('Name:')).toHaveValue('kept');
  });

  it('runs its events, and shows messages in its element', async () => {
    start();
    new DropDialog().open();
    await userEvent.click(page.getByText('More'));
    await expect.element(page.getByRole('status').getByText('There is more')).toBeVisible();
  });

  it("is in the user's language, and follows it while it is open; common words need no message file", async () => {
    const { app } = start();
    new DropDialog().open();
    app.setLanguage('de');
    await expect.element(shown('Hausanschlüsse')).toBeVisible();
    await expect.element(page.getByLabelText('Bezeichnung:')).toBeVisible();
    await expect.element(button('Anlegen')).toBeVisible();
    await expect
      .element(shown('Hausanschlüsse').getByRole('button', { name: 'Schließen' }).last())
      .toBeVisible();
    app.setLanguage('ar');
    await expect.element(shown('الكابلات')).toBeVisible();
    expect(getComputedStyle(page.getByLabelText('الاسم:').element()).direction).toBe('rtl');
  });

  it('shows what is wrong with a field, and takes it back', async () => {
    start();
    const dialog = new DropDialog();
    dialog.open();
    dialog.form.getField('length')?.setError('Up to 100 m');
    const length = page.getByLabelText('Length:');
    await expect.element(page.getByRole('alert').getByText('Up to 100 m')).toBeVisible();
    await expect.element(length).toHaveAttribute('aria-invalid', 'true');
    await expect.element(length).toHaveAccessibleDescription('Up to 100 m');
    dialog.form.clearErrors();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    await expect.element(length).not.toHaveAttribute('aria-invalid');
  });

  it('takes values, options, attributes and whether a field may be used from the plugin', async () => {
    start();
    const changed = vi.fn();
    const dialog = new DropDialog();
    dialog.form.options.onChange = changed;
    dialog.open();
    dialog.form.setValue({ name: 'DROP-7', aerial: true });
    await expect.element(page.getByLabelText('Name:')).toHaveValue('DROP-7');
    await expect.element(page.getByLabelText('Aerial')).toBeChecked();
    expect(changed).not.toHaveBeenCalled();
    const kind = dialog.form.getField('kind');
    if (kind instanceof Dropdown) kind.setOptions(['blown'], 'blown');
    await expect.element(page.getByText('blown')).toBeVisible();
    dialog.nameItem.disable();
    await expect.element(page.getByLabelText('Name:')).toBeDisabled();
    const note = dialog.form.getField('note');
    note?.addAttribute('readonly', 'readonly');
    note?.addAttribute('style', 'height: 77px');
    await expect.element(page.getByLabelText('Note:')).toHaveAttribute('readonly');
    expect(page.getByLabelText('Note:').element().getBoundingClientRect().height).toBe(77);
    await userEvent.click(page.getByLabelText('Aerial'));
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('goes with its plugin, and leaves no listener on the application', async () => {
    const { app } = start();
    class Drops extends Plugin {
      dialog = new DropDialog();
      show() {
        this.dialog.open();
        this.app.on('currentFeature-changed', () => {}, this.dialog);
      }
    }
    const before = app.listenerCount();
    const plugin = app.registerPlugin('drops', Drops);
    if (plugin instanceof Drops) plugin.show();
    await expect.element(shown('Drop cables')).toBeVisible();
    app.unregisterPlugin('drops');
    await expect.element(shown('Drop cables')).not.toBeInTheDocument();
    await expect.poll(() => app.listenerCount()).toBe(before);
  });
});

describe('new Dialog', () => {
  it('opens at once, modal: the rest of the page waits, and Tab stays inside', async () => {
    start();
    const outside = document.createElement('button');
    outside.textContent = 'Outside';
    document.body.append(outside);
    onTestFinished(() => outside.remove());
    const answer = vi.fn();
    const dialog = new Dialog({
      title: 'Delete the pole?',
      contents: '<p>It has <b>3</b> cables.</p><img src="x:" onerror="window.ran = true">',
      destroyOnClose: true,
      buttons: {
        OK: {
          text: '{:ok_btn}',
          class: 'primary-btn',
          click(this: Dialog) {
            answer(true);
            this.close();
          },
        },
        Cancel() {
          answer(false);
        },
      },
    });
    await expect.element(shown('Delete the pole?')).toHaveAttribute('aria-modal', 'true');
    await expect.element(page.getByText('It has 3 cables.')).toBeVisible();
    expect(document.elementFromPoint(5, 5)).not.toBe(outside);
    for (let presses = 0; presses < 8; presses += 1) {
      await userEvent.keyboard('{Tab}');
      expect(shown('Delete the pole?').element().contains(document.activeElement)).toBe(true);
    }
    await userEvent.click(button('Cancel'));
    expect(dialog.isOpen()).toBe(true);
    await userEvent.click(button('OK'));
    expect(answer.mock.calls).toEqual([[false], [true]]);
    await expect.element(shown('Delete the pole?')).not.toBeInTheDocument();
    expect(() => dialog.open()).toThrow("The dialog 'Delete the pole?' was destroyed");
    expect(Reflect.get(window, 'ran')).toBeUndefined();
  });

  it('is what myw.dialog makes; beforeClose may keep it open, and the other callbacks are called', async () => {
    start();
    const calls: string[] = [];
    let mayClose = false;
    const dialog = myw.dialog({
      title: 'Busy',
      modal: false,
      beforeClose: () => mayClose,
      close: () => calls.push('close'),
      postClose: () => calls.push('postClose'),
    });
    await userEvent.keyboard('{Escape}');
    await expect.element(shown('Busy')).toBeVisible();
    mayClose = true;
    dialog.$el.dialog('option', 'title', 'Done');
    await expect.element(shown('Done')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(shown('Done')).not.toBeInTheDocument();
    expect(calls).toEqual(['close', 'postClose']);
  });

  it('a subclass opens once its constructor has finished, with what render() has made', async () => {
    start();
    class Late extends Dialog {
      declare text: string;
      constructor() {
        super({ title: 'Late' });
        this.text = 'made in the constructor';
      }
      override render() {
        this.options.contents = `<p>${this.text}</p>`;
        return super.render();
      }
    }
    new Late();
    await expect.element(shown('Late').getByText('made in the constructor')).toBeVisible();
  });

  it('takes a jQuery object, and an error in a button is reported and leaves the dialog', async () => {
    const { problems } = start();
    const paragraph = document.createElement('p');
    paragraph.textContent = 'from jQuery';
    new Dialog({
      title: 'Mixed',
      contents: { length: 1, 0: paragraph },
      buttons: {
        Fail() {
          throw new Error('boom');
        },
      },
    });
    await expect.element(shown('Mixed').getByText('from jQuery')).toBeVisible();
    await userEvent.click(button('Fail'));
    await expect.poll(() => problems).toEqual(['Error: boom']);
    await expect.element(shown('Mixed')).toBeVisible();
  });

  it('may be extended the older way', async () => {
    start();
    const Old = Dialog.extend({
      messageGroup: 'drops',
      options: { title: '{:title}', modal: false },
      initialize(this: Dialog) {
        this.setContent(new Label({ label: 'as of old' }));
      },
    });
    Reflect.construct(Old, []);
    await expect.element(shown('Drop cables').getByText('as of old')).toBeVisible();
  });

  it('a button in a form is pressed, and a label is its control’s', async () => {
    start();
    const pressed = vi.fn();
    const all = new Checkbox({ name: 'all' });
    new Dialog({
      title: 'Pick',
      modal: false,
      contents: new Form({
        rows: [
          { components: [new Label({ label: 'All of them', wrap: all })] },
          { components: [new Button({ text: 'Look up', onClick: pressed })] },
        ],
      }),
    });
    await userEvent.click(page.getByLabelText('All of them'));
    expect(all.getValue()).toBe(true);
    await userEvent.click(button('Look up'));
    expect(pressed).toHaveBeenCalledTimes(1);
  });
});
