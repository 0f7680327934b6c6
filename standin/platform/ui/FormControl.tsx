import { theme } from 'antd';
import {
  type ComponentType,
  type CSSProperties,
  type ReactNode,
  useLayoutEffect,
  useSyncExternalStore,
} from 'react';
import { flushSync } from 'react-dom';
import type { RenderRoot } from '../../../src/host/contract.ts';
import { renderFramed } from '../renderFramed.ts';
import { Control } from './Control.ts';

export interface ControlOptions {
  name?: string;
  value?: unknown;
  disabled?: boolean;
  placeholder?: string;
  /** 'small', 'medium' and 'large' set the width; any other class is put on the control's element. */
  cssClass?: string;
  /** Called with the new value and the control when the user changes it, not by `setValue`. */
  onChange?: (value: unknown, control: FormControl) => void;
  [name: string]: unknown;
}

interface ControlState {
  value: unknown;
  disabled: boolean;
  error: string;
  /** The name of the control for a screen reader, where no label is its own. */
  ariaLabel: string;
  attributes: Readonly<Record<string, string>>;
}

export interface ControlViewProps {
  control: FormControl;
  state: ControlState;
}

const WIDTHS: Record<string, string> = { small: '6em', medium: '14em', large: '22em' };
let ids = 0;

/**
 * The base of the platform's form controls. Each is an antd control in an element of its own, so that a plugin can put it
 * into a form, a dialog or any other element. `View` draws it.
 */
export abstract class FormControl extends Control {
  /** The id of the antd control, for the `for` of a label. */
  readonly inputId: string;
  readonly name: string;
  #state: ControlState;
  #root: RenderRoot | undefined;
  readonly #listeners = new Set<() => void>();

  static {
    FormControl.prototype.tagName = 'span';
  }

  constructor(options: ControlOptions = {}) {
    super(undefined, options);
    ids += 1;
    this.inputId = `stand-in-control-${ids}`;
    this.name = options.name ?? '';
    this.#state = {
      value: options.value,
      disabled: Boolean(options.disabled),
      error: '',
      ariaLabel: '',
      attributes: {},
    };
    const { cssClass = '' } = options;
    this.$el.addClass(cssClass);
    this.el.style.display = 'inline-block';
    this.el.style.maxWidth = '100%';
    const [width] = cssClass.split(/\s+/).flatMap((name) => WIDTHS[name] ?? []);
    if (width) this.el.style.width = width;
    this.render();
  }

  protected abstract get View(): ComponentType<ControlViewProps>;

  override render(): this {
    // At once: a plugin may look for the input right after it has made the control.
    flushSync(() => {
      this.#root = renderFramed(this.el, Drawn, { control: this, View: this.View }, this.#root);
    });
    return this;
  }

  getValue(): unknown {
    return this.#state.value;
  }

  setValue(value: unknown): void {
    this.setState({ value });
  }

  getName(): string {
    return this.name;
  }

  setDisabled(disabled = true): void {
    this.setState({ disabled });
  }

  enable(): void {
    this.setDisabled(false);
  }

  disable(): void {
    this.setDisabled(true);
  }

  /** Marks the control as wrong, and says why below it. */
  setError(message: string): void {
    this.setState({ error: this.translate(message) });
  }

  clearError(): void {
    this.setState({ error: '' });
  }

  /** Sets an attribute of the input itself, such as 'readonly', 'rows' or 'maxlength'. */
  addAttribute(name: string, value: string | number): void {
    this.setState({ attributes: { ...this.#state.attributes, [name]: String(value) } });
  }

  focus(): void {
    document.getElementById(this.inputId)?.focus();
  }

  override remove(): void {
    this.#root?.unmount();
    this.#root = undefined;
    super.remove();
  }

  /** The user has changed the value. */
  userChanged(value: unknown): void {
    this.setState({ value });
    const { onChange } = this.options;
    this.run(() => {
      if (typeof onChange === 'function') onChange.call(this, this.getValue(), this);
      this.fire('change', this);
    });
  }

  get state(): ControlState {
    return this.#state;
  }

  setState(change: Partial<ControlState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

function Drawn({
  control,
  View,
}: {
  control: FormControl;
  View: ComponentType<ControlViewProps>;
}): ReactNode {
  const state = useSyncExternalStore(control.subscribe, () => control.state);
  const { token } = theme.useToken();
  const { attributes, error } = state;
  const { inputId } = control;
  useLayoutEffect(() => {
    const input = document.getElementById(inputId);
    for (const [name, value] of Object.entries(attributes)) {
      // A strict content security policy refuses a style attribute, but not its properties.
      if (name === 'style' && input) input.style.cssText += value;
      else input?.setAttribute(name, value);
    }
  }, [attributes, inputId]);
  return (
    <>
      <View control={control} state={state} />
      {error && (
        <div
          id={`${inputId}-error`}
          role="alert"
          // The text does not widen the control, so that what stands beside it keeps its place.
          style={{ width: 0, minWidth: 'max(100%, 13em)', color: token.colorErrorText }}
        >
          {error}
        </div>
      )}
    </>
  );
}

/** The properties that every antd control here gets: its id, and what is wrong with it. */
export function commonProps({ control, state }: ControlViewProps) {
  const { error, ariaLabel, disabled } = state;
  return {
    id: control.inputId,
    disabled,
    ...(ariaLabel ? { 'aria-label': ariaLabel } : {}),
    ...(error ? { 'aria-invalid': true, 'aria-describedby': `${control.inputId}-error` } : {}),
  };
}

/** The style of a button whose label breaks into lines where it is longer than the dialog is wide. */
export function useWrapping(): CSSProperties {
  const { token } = theme.useToken();
  return {
    height: 'auto',
    minHeight: token.controlHeight,
    maxWidth: '100%',
    lineHeight: token.lineHeight,
    whiteSpace: 'normal',
  };
}
