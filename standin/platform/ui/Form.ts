import { latestApplication } from '../../../src/host/latestApplication.ts';
import { nodesOf } from '../nodes.ts';
import { Control } from './Control.ts';
import { Label } from './controls.tsx';
import { FormControl } from './FormControl.tsx';

export interface FormRow {
  /** A text, or '{:key}' for a message. */
  label?: string;
  /** Controls, texts ('{:key}' too) and elements, side by side. */
  components?: readonly unknown[];
  cssClass?: string;
}

export interface FormOptions {
  rows?: readonly FormRow[];
  messageGroup?: string;
  /** Called with the control and its value when the user changes any of them. */
  onChange?: (control: FormControl, value: unknown) => void;
  [name: string]: unknown;
}

/**
 * The platform's form: rows of a label and its controls. A plugin puts `form.$el` where it wants it, and reads
 * `form.getValue()`.
 *
 * @example new Form({ messageGroup: 'drops', rows: [{ label: '{:name}:', components: [new Input({ name: 'name' })] }] })
 */
export class Form extends Control {
  readonly #fields: FormControl[] = [];
  readonly #labels: { element: HTMLElement; text: string }[] = [];

  constructor({ rows = [], messageGroup, ...options }: FormOptions = {}) {
    super(undefined, options);
    if (messageGroup !== undefined) this.messageGroup = messageGroup;
    this.$el.addClass('form');
    for (const row of rows) this.el.append(this.#row(row));
    this.#translateLabels();
    const localisation = this.app?.localisation ?? latestApplication()?.localisation;
    if (localisation) this.listenTo(localisation, 'changed', this.#translateLabels);
  }

  /** The control of that name. */
  getField(name: string): FormControl | undefined {
    return this.#fields.find((field) => field.name === name);
  }

  getFields(): readonly FormControl[] {
    return this.#fields;
  }

  /** The values of the controls that have a name, by their names. */
  getValue(): Record<string, unknown> {
    const named = this.#fields.filter(({ name }) => name !== '');
    return Object.fromEntries(named.map((field) => [field.name, field.getValue()]));
  }

  /** Sets the controls that are named, and leaves the others. `onChange` is not called. */
  setValue(values: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(values)) this.getField(name)?.setValue(value);
  }

  clearErrors(): void {
    for (const field of this.#fields) field.clearError();
  }

  override remove(): void {
    for (const field of this.#fields) field.remove();
    super.remove();
  }

  #row({ label = '', components = [], cssClass = '' }: FormRow): HTMLElement {
    const row = document.createElement('div');
    row.className = `form-row ${cssClass}`.trim();
    Object.assign(row.style, { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '4px 8px' });
    row.style.marginBlockEnd = '12px';
    const controls = components.filter((each) => each instanceof FormControl);
    const [first] = controls;
    if (label) row.append(this.#label(label, first?.inputId));
    const group = document.createElement('div');
    Object.assign(group.style, {
      flex: '1 1 14em',
      minWidth: '0',
      display: 'flex',
      flexWrap: 'wrap',
      gap: '4px 8px',
    });
    group.style.alignItems = 'baseline';
    for (const component of components) group.append(...this.#nodes(component));
    row.append(group);
    for (const control of controls) this.#adopt(control, label, control === first);
    return row;
  }

  #label(text: string, inputId: string | undefined): HTMLElement {
    const element = document.createElement(inputId === undefined ? 'span' : 'label');
    if (inputId !== undefined) element.setAttribute('for', inputId);
    element.style.flex = '0 1 11em';
    // Level with the text of the control beside it, which may be of several lines.
    element.style.paddingBlockStart = '4px';
    this.#labels.push({ element, text });
    return element;
  }

  #nodes(component: unknown): Node[] {
    if (typeof component === 'string') {
      const element = document.createElement('span');
      this.#labels.push({ element, text: component });
      return [element];
    }
    if (component instanceof Label && component.options.wrap instanceof FormControl) {
      this.#adopt(component.options.wrap, '', true);
    }
    return nodesOf(component);
  }

  #adopt(control: FormControl, label: string, isLabelled: boolean): void {
    this.#fields.push(control);
    // Its own texts are of the form's group, unless it has one.
    if (!control.messageGroup && this.messageGroup) {
      control.messageGroup = this.messageGroup;
      control.render();
    }
    if (!isLabelled) control.setState({ ariaLabel: `${this.translate(label)} ${control.name}`.trim() });
    this.listenTo(control, 'change', (changed: FormControl) => {
      const { onChange } = this.options;
      if (typeof onChange === 'function') onChange.call(this, changed, changed.getValue());
      this.fire('change', changed);
    });
  }

  #translateLabels(): void {
    for (const { element, text } of this.#labels) element.textContent = this.translate(text);
  }
}
