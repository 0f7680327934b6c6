// Walks through the dialogs of the platform's older style, with every control in each of its states: axe finds no fault
// with them, and the keyboard alone is enough to use them.
import axe from 'axe-core';
import {
  Button,
  Checkbox,
  createApplicationDefinition,
  Dialog,
  DisplayMessage,
  Dropdown,
  Form,
  Input,
  Label,
  type StartOptions,
  startApplication,
  Textarea,
} from 'lrt-plugin/host/myworld-client';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { themes } from '../../../src/host/index.ts';

/** A dialog with all of the controls, as a plugin makes it. */
function open(options: StartOptions = {}) {
  const app = startApplication({ definition: createApplicationDefinition(), ...options });
  onTestFinished(() => app.dispose());
  const look = vi.fn();
  const save = vi.fn();
  const form = new Form({
    rows: [
      { label: 'Name', components: [new Input({ name: 'name', placeholder: 'N-1001' })] },
      { label: 'Height', components: [new Input({ name: 'height', type: 'number', value: 9 }), 'm'] },
      { label: 'Owner', components: [new Input({ name: 'owner', value: 'City', disabled: true })] },
      {
        label: 'Material',
        components: [
          new Dropdown({ name: 'material', options: ['wood', 'steel', 'concrete'], selected: 'wood' }),
        ],
      },
      { components: [new Checkbox({ name: 'inspected', label: 'Inspected this year' })] },
      { components: [new Label({ label: 'Guyed', wrap: new Checkbox({ name: 'guyed' }) })] },
      { label: 'Note', components: [new Textarea({ name: 'note', rows: 2 })] },
      { components: [new Button({ text: 'Look up', onClick: look })] },
    ],
  });
  const dialog = new Dialog({
    title: 'Edit pole',
    modal: false,
    width: 420,
    contents: form,
    buttons: {
      save: { text: '{:save_btn}', class: 'primary-btn', click: () => save(form.getValue()) },
      remove: { text: '{:delete_btn}', disabled: true, click() {} },
      cancel: {
        text: '{:cancel_btn}',
        click() {
          dialog.close();
        },
      },
    },
  });
  return { form, dialog, look, save };
}

const shown = () => page.getByRole('dialog', { name: 'Edit pole' });
const endless = (animation: Animation) => !Number.isFinite(animation.effect?.getComputedTiming().endTime);

async function problemsOf(element: Element): Promise<unknown[]> {
  const fading = document.getAnimations().filter((animation) => !endless(animation));
  await Promise.allSettled(fading.map(({ finished }) => finished));
  const { violations } = await axe.run(element, {
    resultTypes: ['violations'],
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
  }));
}

describe.each<[string, StartOptions]>([
  ['light', { theme: themes.light }],
  ['dark', { theme: themes.dark }],
  ['right to left', { theme: themes.light, language: 'ar' }],
])('a dialog with every control, %s', (_, options) => {
  test('has nothing that axe finds fault with', async () => {
    const { form, dialog } = open(options);
    await expect.element(shown()).toBeVisible();
    const at = async (state: string, element = shown().element()) =>
      expect({ state, problems: await problemsOf(element) }).toEqual({ state, problems: [] });
    await at('at first');
    for (const field of form.getFields()) field.setError(`${field.name}: not a value that the pole can have`);
    await expect.element(shown().getByText(/^height: not a value/)).toBeVisible();
    await at('with errors');
    form.clearErrors();
    for (const type of ['info', 'success', 'warning', 'error']) {
      const el = document.createElement('div');
      dialog.$el.append(el);
      new DisplayMessage({ el, type, message: `The message of ${type}` });
    }
    await expect.element(shown().getByText('The message of error')).toBeVisible();
    await at('with messages');
    await userEvent.click(shown().getByRole('combobox'));
    await expect.element(page.getByTitle('concrete')).toBeVisible();
    await at('with open choice', document.body);
    // Escape closes the choice, and leaves the dialog.
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByTitle('concrete')).not.toBeVisible();
    await expect.element(shown()).toBeVisible();
    new Dialog({ title: 'Change the pole?', contents: '<p>It has 3 cables.</p>', buttons: { OK() {} } });
    await expect.element(page.getByRole('dialog', { name: 'Change the pole?' })).toBeVisible();
    await at('with a question', page.getByRole('dialog', { name: 'Change the pole?' }).element());
  });
});

test('a form is filled in and saved with the keyboard alone', async () => {
  const { look, save, dialog } = open();
  await expect.element(shown()).toBeVisible();
  expect(shown().element().contains(document.activeElement)).toBe(true);
  const focused = () => {
    const { activeElement } = document;
    const label = activeElement instanceof HTMLInputElement ? activeElement.labels?.[0] : undefined;
    return label?.textContent || activeElement?.getAttribute('aria-label') || activeElement?.textContent;
  };
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 20 && focused() !== name; tabs += 1) await userEvent.keyboard('{Tab}');
    expect(focused()).toBe(name);
  };
  await tabTo('Name');
  await userEvent.keyboard('N-7');
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('Height');
  await userEvent.keyboard('{Control>}a{/Control}11');
  await userEvent.keyboard('{Tab}');
  // The field that is disabled is passed over.
  expect(focused()).toBe('Material');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTitle('concrete')).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(page.getByTitle('concrete')).not.toBeVisible();
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('Inspected this year');
  await userEvent.keyboard(' ');
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('Guyed');
  await userEvent.keyboard('{Tab}over the road');
  await tabTo('Look up');
  await userEvent.keyboard('{Enter}');
  expect(look).toHaveBeenCalledTimes(1);
  await userEvent.keyboard('{Tab}');
  expect(focused()).toBe('Save');
  await userEvent.keyboard('{Enter}');
  expect(save.mock.calls).toEqual([
    [
      {
        name: 'N-7',
        height: 11,
        owner: 'City',
        material: 'steel',
        inspected: true,
        guyed: false,
        note: 'over the road',
      },
    ],
  ]);
  await userEvent.keyboard('{Escape}');
  await expect.element(shown()).not.toBeInTheDocument();
  expect(dialog.isOpen()).toBe(false);
});
