import { flushSync } from 'react-dom';
import type { RenderRoot } from '../../../src/host/contract.ts';
import { nodesOf } from '../nodes.ts';
import { renderFramed } from '../renderFramed.ts';
import { dialogWidgets, disposeInside } from '../widgets.ts';
import { Control } from './Control.ts';
import { type DialogButton, type DialogModel, DialogView } from './DialogView.tsx';

/** A button of a dialog. `this` of its functions is the dialog. */
export interface DialogButtonOptions {
  /** A text, or '{:key}' for a message of the dialog's group or a common one, such as '{:ok_btn}'. */
  text?: string;
  /** 'primary-btn' for the main one; the rest of it is put on the button. */
  class?: string;
  disabled?: unknown;
  click?: unknown;
}

export interface DialogOptions {
  title?: string;
  /** A node, a text of HTML, a jQuery object, a form, or several of them. */
  contents?: unknown;
  /** By key; a function alone is the `click` of a button that its key names. */
  buttons?: Record<string, unknown> | readonly unknown[];
  /** The rest of the page waits while the dialog is open; default true. */
  modal?: boolean;
  /** Opens as soon as it is made; default true. */
  autoOpen?: boolean;
  /** Gives the dialog up when it closes; default false. */
  destroyOnClose?: boolean;
  /** Pixels. */
  width?: number | string;
  /** Called before it closes; false keeps it open. */
  beforeClose?: () => unknown;
  close?: () => unknown;
  postClose?: () => unknown;
  [name: string]: unknown;
}

/**
 * The platform's older dialog: `class DropDialog extends Dialog`, or `new Dialog({ title, contents, buttons })`. A plugin
 * works on its `$el`; the frame and the buttons are antd's. A subclass may override `render`, `open` and `close`.
 *
 * @example new Dialog({ title: 'Drops', contents: form.$el, buttons: { OK: { text: '{:ok_btn}', click() { this.close(); } } } })
 */
export class Dialog extends Control implements DialogModel {
  version = 0;
  readonly #listeners = new Set<() => void>();
  readonly #disabled = new Map<string, boolean>();
  readonly #texts = new Map<string, string>();
  #isOpen = false;
  #isRendered = false;
  #isDestroyed = false;
  // Opening by itself is off once someone has opened or closed the dialog.
  #mayOpenItself = true;
  #root: RenderRoot | undefined;

  static {
    Dialog.mergeOptions({ modal: true, autoOpen: true, destroyOnClose: false });
  }

  constructor(options: DialogOptions = {}, owner?: unknown) {
    super(owner, options);
    dialogWidgets.set(this.el, {
      open: () => this.open(),
      close: () => this.close(),
      destroy: () => this.destroy(),
      isOpen: () => this.isOpen(),
      frame: () => this.el.closest<HTMLElement>('.ui-dialog') ?? undefined,
      getOption: (name) => this.options[name],
      setOption: (name, value) => this.setOptions({ [name]: value }),
    });
    // A button's `disabled` may be a function of what the user has entered.
    this.$el.on('input change click', () => queueMicrotask(() => this.#changed()));
    if (new.target === Dialog) this.#openItself();
    // The constructor of a subclass goes on after this one.
    else queueMicrotask(() => this.#openItself());
  }

  /** Puts the option `contents` into the dialog. A subclass may set it here and call `super.render()`. */
  override render(): this {
    this.#isRendered = true;
    const { contents } = this.options;
    if (contents !== undefined) this.setContent(contents);
    this.#changed();
    return this;
  }

  open(): void {
    this.#mayOpenItself = false;
    if (this.#isDestroyed)
      throw new Error(`The dialog '${this.view().title}' was destroyed: make another one`);
    if (!this.#isRendered) this.render();
    this.#isOpen = true;
    // At once: a plugin may look for its buttons right after it has opened the dialog.
    flushSync(() => {
      this.#root = renderFramed(null, DialogView, { dialog: this }, this.#root);
      this.#changed();
    });
    this.#call('open');
  }

  close(): void {
    this.#mayOpenItself = false;
    if (!this.#isOpen || this.#call('beforeClose') === false) return;
    this.#isOpen = false;
    this.#changed();
    this.#call('close');
    this.#call('postClose');
    if (this.options.destroyOnClose === true) this.destroy();
  }

  isOpen(): boolean {
    return this.#isOpen;
  }

  /** Closes the dialog for good, with its controls and all that it listens to. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#isOpen = false;
    this.#root?.unmount();
    disposeInside(this.el);
    this.$el.off();
    super.remove();
  }

  override remove(): void {
    this.destroy();
  }

  setContent(contents: unknown): void {
    const nodes = nodesOf(contents);
    const isThere = nodes.length > 0 && nodes.every((node) => node.parentNode === this.el);
    // A plugin may have put more beside its contents: that stays when they are set once more.
    if (!isThere) this.el.replaceChildren(...nodes);
  }

  setButtons(buttons: DialogOptions['buttons']): void {
    this.options.buttons = buttons;
    this.#disabled.clear();
    this.#texts.clear();
    this.#changed();
  }

  setTitle(title: string): void {
    this.setOptions({ title });
  }

  override setOptions(options: Record<string, unknown>): void {
    Object.assign(this.options, options);
    this.#changed();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  view(): ReturnType<DialogModel['view']> {
    const { title, width, modal } = this.options;
    const pixels = Number.parseInt(String(width), 10);
    return {
      title: this.translate(String(title ?? '')),
      modal: modal !== false,
      className: this.className,
      buttons: this.#buttons(),
      ...(Number.isNaN(pixels) ? {} : { width: pixels }),
    };
  }

  #buttons(): DialogButton[] {
    const given: unknown = this.options.buttons;
    return Object.entries(Object(given)).map(([key, button]) => {
      const options: DialogButtonOptions = typeof button === 'function' ? { click: button } : Object(button);
      const { text = key, class: className = '', disabled, click } = options;
      return {
        key,
        className,
        text: this.translate(this.#texts.get(key) ?? text),
        isDisabled:
          this.#disabled.get(key) ??
          Boolean(typeof disabled === 'function' ? Reflect.apply(disabled, this, []) : disabled),
        press: () => {
          if (typeof click === 'function') this.run(() => Reflect.apply(click, this, []));
        },
        setDisabled: (isDisabled) => {
          this.#disabled.set(key, isDisabled);
          this.#changed();
        },
        setText: (next) => {
          this.#texts.set(key, next);
          this.#changed();
        },
      };
    });
  }

  #openItself(): void {
    if (this.#mayOpenItself && this.options.autoOpen !== false) this.run(() => this.open());
  }

  #call(name: string): unknown {
    const callback: unknown = this.options[name];
    return typeof callback === 'function' ? Reflect.apply(callback, this, []) : undefined;
  }

  #changed(): void {
    this.version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}
