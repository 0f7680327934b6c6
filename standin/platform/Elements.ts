import { nodesOf } from './nodes.ts';
import { buttonWidgets, dialogWidgets } from './widgets.ts';

type Handler = (event: Event) => void;

interface Bound {
  element: HTMLElement;
  type: string;
  handler: Handler;
  listener: Handler;
}

const CONTAINS = /^(.*):contains\((['"]?)(.*?)\2\)$/;

/**
 * A jQuery-like list of elements, with the methods that plugins call on `$el` and on `this.$('.selector')`. jQuery itself
 * is not needed. It is array-like, so that a plugin that has jQuery can append it and wrap it.
 */
export class Elements {
  [index: number]: HTMLElement;
  /** An empty list has none. */
  declare readonly 0: HTMLElement;
  readonly length: number;
  #bound: Bound[] = [];

  /** An empty list answers all calls, as jQuery's does. */
  constructor(elements: readonly HTMLElement[]) {
    for (const [index, element] of elements.entries()) this[index] = element;
    this.length = elements.length;
  }

  get elements(): readonly HTMLElement[] {
    return Array.from(this);
  }

  [Symbol.iterator](): Iterator<HTMLElement> {
    return Array.from({ length: this.length }, (_, index) => this[index])
      .filter((element) => element !== undefined)
      [Symbol.iterator]();
  }

  get(index = 0): HTMLElement | undefined {
    return this[index];
  }

  eq(index: number): Elements {
    return new Elements(this.elements.slice(index).slice(0, 1));
  }

  first(): Elements {
    return this.eq(0);
  }

  each(visit: (index: number, element: HTMLElement) => void): this {
    for (const [index, element] of this.elements.entries()) visit(index, element);
    return this;
  }

  /** A CSS selector, which may end with jQuery's `:contains('text')`. */
  find(selector: string): Elements {
    const [, css = selector, , text = ''] = CONTAINS.exec(selector) ?? [];
    const found = this.elements.flatMap((element) => [...element.querySelectorAll<HTMLElement>(css || '*')]);
    return new Elements(found.filter((element) => element.textContent.includes(text)));
  }

  children(): Elements {
    return new Elements(this.elements.flatMap((element) => [...element.children].filter(isHtml)));
  }

  parent(): Elements {
    return new Elements(this.elements.map(({ parentElement }) => parentElement).filter(isHtml));
  }

  closest(selector: string): Elements {
    return new Elements(this.elements.map((element) => element.closest(selector)).filter(isHtml));
  }

  is(selector: string): boolean {
    return this.elements.some((element) => element.matches(selector));
  }

  hasClass(name: string): boolean {
    return this.elements.some((element) => element.classList.contains(name));
  }

  addClass(names: string): this {
    return this.toggleClass(names, true);
  }

  removeClass(names: string): this {
    return this.toggleClass(names, false);
  }

  toggleClass(names: string, on?: boolean): this {
    for (const name of names.split(/\s+/).filter(Boolean)) {
      for (const element of this.elements) element.classList.toggle(name, on);
    }
    return this;
  }

  /** Without an argument it shows what is hidden and hides what is shown. */
  toggle(shown = this[0]?.style.display === 'none'): this {
    for (const element of this.elements) element.style.display = shown ? '' : 'none';
    return this;
  }

  show(): this {
    return this.toggle(true);
  }

  hide(): this {
    return this.toggle(false);
  }

  attr(name: string): string | undefined;
  attr(name: string, value: unknown): this;
  attr(name: string, value?: unknown): this | string | undefined {
    if (value === undefined) return this[0]?.getAttribute(name) ?? undefined;
    for (const element of this.elements) element.setAttribute(name, String(value));
    return this;
  }

  removeAttr(name: string): this {
    for (const element of this.elements) element.removeAttribute(name);
    return this;
  }

  prop(name: string): unknown;
  prop(name: string, value: unknown): this;
  prop(name: string, value?: unknown): unknown {
    if (value === undefined) return this[0] && Reflect.get(this[0], name);
    for (const element of this.elements) Reflect.set(element, name, value);
    return this;
  }

  /** The value of `data-<name>`. */
  data(name: string): string | undefined {
    return this[0]?.dataset[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
  }

  /** The value of an input. That of a form's control is read and set with `getValue` and `setValue`. */
  val(): string;
  val(value: string): this;
  val(value?: string): this | string {
    if (value === undefined) return String((this[0] && Reflect.get(this[0], 'value')) ?? '');
    return this.prop('value', value);
  }

  css(name: string | Record<string, string>, value?: string | number): this | string {
    if (typeof name === 'string' && value === undefined)
      return this[0] ? getComputedStyle(this[0]).getPropertyValue(name) : '';
    const values = typeof name === 'string' ? { [name]: String(value) } : name;
    for (const element of this.elements) {
      for (const [key, each] of Object.entries(values)) {
        if (key in element.style) Reflect.set(element.style, key, each);
        else element.style.setProperty(key, each);
      }
    }
    return this;
  }

  text(text?: string): this | string {
    if (text === undefined) return this.elements.map(({ textContent }) => textContent).join('');
    for (const element of this.elements) element.textContent = text;
    return this;
  }

  /** Replaces the contents: by a text of HTML, a node, a control, or a list of them. */
  html(): string;
  html(contents: unknown): this;
  html(contents?: unknown): this | string {
    if (contents === undefined) return this[0]?.innerHTML ?? '';
    this[0]?.replaceChildren(...nodesOf(contents));
    return this;
  }

  empty(): this {
    for (const element of this.elements) element.replaceChildren();
    return this;
  }

  append(...contents: unknown[]): this {
    this[0]?.append(...contents.flatMap(nodesOf));
    return this;
  }

  prepend(...contents: unknown[]): this {
    this[0]?.prepend(...contents.flatMap(nodesOf));
    return this;
  }

  on(types: string, handler: Handler): this {
    for (const element of this.elements) {
      for (const type of types.split(/\s+/).filter(Boolean)) {
        const listener: Handler = (event) => handler.call(element, event);
        element.addEventListener(type, listener);
        this.#bound.push({ element, type, handler, listener });
      }
    }
    return this;
  }

  off(types?: string, handler?: Handler): this {
    const ending = types?.split(/\s+/);
    this.#bound = this.#bound.filter((bound) => {
      const ends = (!ending || ending.includes(bound.type)) && (!handler || handler === bound.handler);
      if (ends) bound.element.removeEventListener(bound.type, bound.listener);
      return !ends;
    });
    return this;
  }

  trigger(type: string): this {
    for (const element of this.elements) element.dispatchEvent(new Event(type, { bubbles: true }));
    return this;
  }

  click(handler?: Handler): this {
    return handler ? this.on('click', handler) : this.trigger('click');
  }

  change(handler?: Handler): this {
    return handler ? this.on('change', handler) : this.trigger('change');
  }

  focus(): this {
    this[0]?.focus();
    return this;
  }

  remove(): this {
    this.off();
    for (const element of this.elements) element.remove();
    return this;
  }

  /**
   * jQuery UI's way to a dialog, on the `$el` of one: 'widget', 'open', 'close', 'destroy', 'isOpen', and
   * 'option' with the name of an option and its value.
   */
  dialog(method: string, name = '', value?: unknown): unknown {
    const [dialog] = this.elements.flatMap((element) => dialogWidgets.get(element) ?? []);
    if (method === 'widget') return new Elements([dialog?.frame()].filter(isHtml));
    if (method === 'isOpen') return dialog?.isOpen() ?? false;
    if (method === 'option' && value === undefined) return dialog?.getOption(name);
    if (method === 'option') dialog?.setOption(name, value);
    else if (method === 'open' || method === 'close' || method === 'destroy') dialog?.[method]();
    else throw new Error(`not in the stand-in host: $el.dialog('${method}')`);
    return this;
  }

  /** jQuery UI's way to the buttons of a dialog: 'enable', 'disable', and 'option' with 'disabled' or 'label'. */
  button(method: string, name = '', value?: unknown): this {
    const buttons = this.elements.flatMap((element) => buttonWidgets.get(element) ?? []);
    for (const button of buttons) {
      if (method === 'enable' || method === 'disable') button.setDisabled(method === 'disable');
      else if (method === 'option' && name === 'disabled') button.setDisabled(Boolean(value));
      else if (method === 'option' && name === 'label') button.setText(String(value));
      else throw new Error(`not in the stand-in host: $el.button('${method}', '${name}')`);
    }
    return this;
  }
}

function isHtml(element: Element | null | undefined): element is HTMLElement {
  return element instanceof HTMLElement;
}
