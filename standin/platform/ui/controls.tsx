import { Button as AntButton, Checkbox as AntCheckbox, Input as AntInput, Select } from 'antd';
import type { ComponentType } from 'react';
import { nodesOf } from '../nodes.ts';
import { Control } from './Control.ts';
import {
  type ControlOptions,
  type ControlViewProps,
  commonProps,
  FormControl,
  useWrapping,
} from './FormControl.tsx';

// The platform's controls on antd: Input, Textarea, Dropdown, Checkbox, Button, and the Label of them.

const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value));

/** A line of text, or a number with `type: 'number'`: its value is then a number, or null while it is empty. */
export class Input extends FormControl {
  protected override get View(): ComponentType<ControlViewProps> {
    return InputView;
  }

  override getValue(): unknown {
    const value = super.getValue();
    if (this.options.type !== 'number') return textOf(value);
    return textOf(value) === '' ? null : Number(value);
  }
}

function InputView(props: ControlViewProps) {
  const { control, state } = props;
  const { type, placeholder } = control.options;
  return (
    <AntInput
      {...commonProps(props)}
      {...(typeof type === 'string' ? { type } : {})}
      {...(typeof placeholder === 'string' ? { placeholder: control.translate(placeholder) } : {})}
      {...(state.error ? { status: 'error' as const } : {})}
      name={control.name}
      value={textOf(state.value)}
      onChange={(event) => control.userChanged(event.target.value)}
    />
  );
}

/** A text of several lines. `rows`: how many are seen. */
export class Textarea extends FormControl {
  protected override get View(): ComponentType<ControlViewProps> {
    return TextareaView;
  }

  override getValue(): string {
    return textOf(super.getValue());
  }
}

function TextareaView(props: ControlViewProps) {
  const { control, state } = props;
  const { rows, placeholder } = control.options;
  return (
    <AntInput.TextArea
      {...commonProps(props)}
      {...(typeof rows === 'number' ? { rows } : {})}
      {...(typeof placeholder === 'string' ? { placeholder: control.translate(placeholder) } : {})}
      {...(state.error ? { status: 'error' as const } : {})}
      name={control.name}
      value={textOf(state.value)}
      onChange={(event) => control.userChanged(event.target.value)}
    />
  );
}

export type DropdownOption = string | { id: string | number; label: string };

/** One of several options: texts, or `{ id, label }`, of which the value is the id. */
export class Dropdown extends FormControl {
  constructor(options: ControlOptions & { options?: readonly DropdownOption[]; selected?: unknown } = {}) {
    super({ ...options, value: options.selected ?? options.value });
    if (typeof options.minWidth === 'string') this.el.style.minWidth = `min(${options.minWidth}, 100%)`;
  }

  protected override get View(): ComponentType<ControlViewProps> {
    return DropdownView;
  }

  /** Takes a list of other options to choose from. An object sets the control's own options. */
  override setOptions(
    options: readonly DropdownOption[] | Record<string, unknown>,
    selected: unknown = this.getValue(),
  ): void {
    super.setOptions(Array.isArray(options) ? { options } : { ...options });
    this.setValue(selected);
  }
}

function DropdownView(props: ControlViewProps) {
  const { control, state } = props;
  const given: unknown = control.options.options;
  const options = (Array.isArray(given) ? given : []).map((option: unknown) => {
    const { id = option, label = option }: { id?: unknown; label?: unknown } = Object(option);
    return { value: typeof id === 'number' ? id : String(id), label: control.translate(textOf(label)) };
  });
  const { value } = state;
  return (
    <Select<string | number>
      {...commonProps(props)}
      {...(state.error ? { status: 'error' as const } : {})}
      {...(typeof value === 'string' || typeof value === 'number' ? { value } : {})}
      options={options}
      popupMatchSelectWidth={false}
      // As wide as the longest option, and no wider than the window.
      styles={{ popup: { root: { maxWidth: 'calc(100vw - 16px)' } } }}
      style={{ minWidth: '8em', maxWidth: '100%', width: control.el.style.width || undefined }}
      onChange={(selected) => control.userChanged(selected)}
    />
  );
}

/** Yes or no. `label`: the text beside it. */
export class Checkbox extends FormControl {
  protected override get View(): ComponentType<ControlViewProps> {
    return CheckboxView;
  }

  override getValue(): boolean {
    return Boolean(super.getValue());
  }
}

function CheckboxView(props: ControlViewProps) {
  const { control, state } = props;
  const { label } = control.options;
  return (
    <AntCheckbox
      {...commonProps(props)}
      name={control.name}
      checked={Boolean(state.value)}
      onChange={(event) => control.userChanged(event.target.checked)}
    >
      {typeof label === 'string' ? control.translate(label) : null}
    </AntCheckbox>
  );
}

/** A button in a form: `text`, and `onClick`, which is called with the button. */
export class Button extends FormControl {
  protected override get View(): ComponentType<ControlViewProps> {
    return ButtonView;
  }

  click(): void {
    const { onClick } = this.options;
    if (typeof onClick === 'function') this.run(() => onClick.call(this, this));
  }
}

function ButtonView(props: ControlViewProps) {
  const { control } = props;
  const { text, cssClass } = control.options;
  return (
    <AntButton
      {...commonProps(props)}
      type={/\bprimary-btn\b/.test(textOf(cssClass)) ? 'primary' : 'default'}
      style={useWrapping()}
      onClick={() => control instanceof Button && control.click()}
    >
      {control.translate(textOf(text))}
    </AntButton>
  );
}

/** A text. With `wrap` it is the label of that control, which is put into it. */
export class Label extends Control {
  static {
    Label.prototype.tagName = 'label';
  }

  constructor({
    label = '',
    cssClass = '',
    ...options
  }: { label?: string; cssClass?: string; wrap?: unknown } = {}) {
    super(undefined, options);
    this.$el.addClass(cssClass);
    const { wrap } = options;
    if (wrap instanceof FormControl) {
      this.el.setAttribute('for', wrap.inputId);
      // Level with the control, also where an error stands below it.
      Object.assign(this.el.style, { display: 'inline-flex', alignItems: 'baseline', gap: '4px' });
    }
    this.el.append(...nodesOf(wrap), document.createElement('span'));
    this.setValue(label);
  }

  getValue(): string {
    return this.el.lastElementChild?.textContent ?? '';
  }

  setValue(text: unknown): void {
    if (this.el.lastElementChild) this.el.lastElementChild.textContent = this.translate(textOf(text));
  }
}
