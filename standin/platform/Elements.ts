type Handler = (event: Event) => void;

interface Bound {
  element: HTMLElement;
  type: string;
  handler: Handler;
  listener: Handler;
}

/** The methods of a jQuery object that button code uses; jQuery itself is not needed. */
export class Elements {
  /** The first; an empty result has none, and answers all calls, as jQuery's does. */
  declare readonly 0: HTMLElement;
  readonly elements: readonly HTMLElement[];
  #bound: Bound[] = [];

  constructor(elements: readonly HTMLElement[]) {
    this.elements = elements;
    const [first] = elements;
    if (first) this[0] = first;
  }

  get length(): number {
    return this.elements.length;
  }

  get(index = 0): HTMLElement | undefined {
    return this.elements[index];
  }

  each(visit: (index: number, element: HTMLElement) => void): this {
    for (const [index, element] of this.elements.entries()) visit(index, element);
    return this;
  }

  find(selector: string): Elements {
    return new Elements(
      this.elements.flatMap((element) => [...element.querySelectorAll<HTMLElement>(selector)]),
    );
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

  /** Without an argument the other way round. */
  toggle(shown = this.elements[0]?.style.display === 'none'): this {
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
    if (value === undefined) return this.elements[0]?.getAttribute(name) ?? undefined;
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
    if (value === undefined) return this.elements[0] && Reflect.get(this.elements[0], name);
    for (const element of this.elements) Reflect.set(element, name, value);
    return this;
  }

  css(name: string | Record<string, string>, value?: string | number): this | string {
    if (typeof name === 'string' && value === undefined)
      return this.elements[0] ? getComputedStyle(this.elements[0]).getPropertyValue(name) : '';
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

  append(...nodes: (Node | string)[]): this {
    this.elements[0]?.append(...nodes);
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

  remove(): this {
    this.off();
    for (const element of this.elements) element.remove();
    return this;
  }
}
