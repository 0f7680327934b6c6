import type { HostApplication } from './contract.ts';
import { Events } from './events.ts';

/** A button knows this of its plugin. A palette calls `action` with nothing but this. */
export interface ButtonOwner {
  app?: HostApplication;
  msg?(key: string, values?: Record<string, unknown>): string;
}

/** The host asks this of a button. `PluginButton` is the usual base. */
export interface HostButton {
  id?: string;
  titleMsg?: string;
  imgSrc?: string;
  /** The host draws the button in this element. */
  el?: HTMLElement | undefined;
  action(): unknown;
  initUI?(): void;
  remove?(): void;
}

/** `owner: never`: any class will do, whatever plugin it expects. */
export type ButtonClass = new (owner: never, options: never) => HostButton;

/** The few methods of a jQuery-like wrapper that button code uses. */
export class ButtonElement {
  readonly 0: HTMLElement;

  constructor(element: HTMLElement) {
    this[0] = element;
  }

  addClass(names: string): this {
    return this.toggleClass(names, true);
  }

  removeClass(names: string): this {
    return this.toggleClass(names, false);
  }

  toggleClass(names: string, on?: boolean): this {
    for (const name of names.split(/\s+/).filter(Boolean)) this[0].classList.toggle(name, on);
    return this;
  }

  /** Shows or hides the button. */
  toggle(shown: boolean): this {
    this[0].style.display = shown ? '' : 'none';
    return this;
  }
}

/**
 * Base of toolbar and palette buttons; `id`, `titleMsg` and `imgSrc` are set on the prototype. A toolbar makes an
 * instance and calls `initUI()` once; a palette calls `prototype.action` with an object that has only `owner`.
 */
export class PluginButton<Owner extends ButtonOwner = ButtonOwner> extends Events implements HostButton {
  /** This host's toolbar and palette show `plugin.buttonStatus`: its plugins need not draw on their buttons. */
  static readonly showsStatus = true;
  declare id: string;
  /** Key of the title in the owner's message group. */
  declare titleMsg: string;
  /** Address of the image; without one the button shows the first letter of its title. */
  declare imgSrc: string;
  readonly owner: Owner;
  /** The element around the button; undefined where there is no document. */
  readonly el: HTMLElement | undefined;
  readonly $el: ButtonElement | undefined;

  static {
    PluginButton.prototype.id = '';
    PluginButton.prototype.titleMsg = '';
    PluginButton.prototype.imgSrc = '';
  }

  constructor(owner: Owner) {
    super();
    this.owner = owner;
    if (typeof document !== 'undefined') {
      this.el = document.createElement('span');
      this.$el = new ButtonElement(this.el);
    }
  }

  get app(): HostApplication | undefined {
    return this.owner.app;
  }

  /** The button was pressed. Use nothing of `this` but `owner`. */
  action(): unknown {
    return undefined;
  }

  /** The button is about to be shown: listen here to what changes its look. */
  initUI(): void {}

  remove(): void {
    this.stopListening();
    this.off();
    this.el?.remove();
  }
}
