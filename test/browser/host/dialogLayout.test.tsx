// Tests that the dialogs of the platform's older style stay readable: in a narrow window, with long words, and with errors.
import {
  Button,
  Checkbox,
  createApplicationDefinition,
  Dialog,
  Dropdown,
  Form,
  Input,
  Label,
  startApplication,
} from 'lrt-plugin/host/myworld-client';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';

const LONG = 'Remove this pole and all of its cables from the design';
const shown = () => page.getByRole('dialog', { name: 'Edit pole' });
const boxOf = (element: Element) => element.getBoundingClientRect();

afterEach(() => page.viewport(1280, 800));

function open() {
  const app = startApplication({ definition: createApplicationDefinition() });
  onTestFinished(() => app.dispose());
  const form = new Form({
    rows: [
      { label: 'Height', components: [new Input({ name: 'height', cssClass: 'small' }), 'metres'] },
      { label: 'Owner', components: [new Input({ name: 'owner' })] },
      { components: [new Button({ text: LONG })] },
      {
        label: 'Work',
        components: [new Dropdown({ name: 'work', options: [LONG, LONG + LONG], selected: LONG + LONG })],
      },
      { components: [new Label({ label: 'Guyed', wrap: new Checkbox({ name: 'guyed' }) })] },
    ],
  });
  new Dialog({
    title: 'Edit pole',
    modal: false,
    width: 420,
    contents: form,
    buttons: { remove: { text: LONG, click() {} }, save: { text: '{:save_btn}', click() {} } },
  });
  return form;
}

test('320 px wide, the buttons are within the dialog', async () => {
  await page.viewport(320, 640);
  open();
  await expect.element(shown()).toBeVisible();
  const frame = boxOf(shown().element());
  expect(frame.width).toBeLessThanOrEqual(304);
  for (const button of shown().getByRole('button').elements()) {
    expect(boxOf(button).left).toBeGreaterThanOrEqual(frame.left);
    expect(boxOf(button).right).toBeLessThanOrEqual(frame.right);
  }
  const choice = shown().getByRole('combobox').element().closest('.ant-select');
  expect(choice && boxOf(choice).right).toBeLessThanOrEqual(frame.right);
  choice?.querySelector('input')?.focus();
  await userEvent.keyboard('{ArrowDown}');
  const popUp = () => document.querySelector('.ant-select-dropdown');
  await expect.poll(() => popUp()?.getBoundingClientRect().width).toBeGreaterThan(100);
  expect(popUp() && boxOf(popUp() ?? document.body).right).toBeLessThanOrEqual(320);
  await userEvent.keyboard('{Escape}');
  const save = shown().getByRole('button', { name: 'Save' }).element();
  expect(boxOf(save).height).toBeGreaterThanOrEqual(28);
});

test('an error below a field moves nothing that stands beside the field', async () => {
  const form = open();
  await expect.element(shown()).toBeVisible();
  const unit = () => boxOf(shown().getByText('metres').element());
  const field = (label: string) => boxOf(shown().getByLabelText(label).element());
  const before = { unit: unit().left, top: unit().top, height: field('Height').width };
  const error = 'The height has to be a number of metres above 0';
  form.getField('height')?.setError(error);
  await expect.element(shown().getByText(error)).toBeVisible();
  expect({ unit: unit().left, top: unit().top, height: field('Height').width }).toEqual(before);
  // Yet it is wider than a small field, so that it does not become a column of words.
  expect(boxOf(shown().getByText(error).element()).width).toBeGreaterThan(150);
});

test('the words of a wrapped control stand beside it, also where an error stands below', async () => {
  const form = open();
  await expect.element(shown()).toBeVisible();
  form.getField('guyed')?.setError('A pole of steel has no guy');
  await expect.element(shown().getByText('A pole of steel has no guy')).toBeVisible();
  const words = boxOf(shown().getByText('Guyed').element());
  const box = boxOf(shown().getByRole('checkbox').element());
  expect(words.left).toBeGreaterThan(box.right);
  expect(words.top).toBeLessThan(box.bottom);
  expect(words.bottom).toBeGreaterThan(box.top);
});
