import type { ApplicationView } from '../../../src/host/ApplicationView.ts';
import { Events } from '../../../src/host/events.ts';
import { latestApplication } from '../../../src/host/latestApplication.ts';
import { fillPlaceholders } from '../../../src/host/localisation.ts';
import { Elements } from '../Elements.ts';
import { defaultOptions, MywClass } from '../MywClass.ts';
import { disposers } from '../widgets.ts';
import { COMMON_GROUP } from '../words.ts';

interface WithApplication {
  app?: unknown;
}

/**
 * The base of the platform's older components, which work on an element instead of React: `el`, `$el`, `$(selector)`,
 * `events`, `setElement` and `remove`. A subclass sets `tagName`, `className`, `id`, `events` and `messageGroup` on its
 * prototype.
 */
export class Control extends MywClass {
  declare tagName: string;
  declare className: string;
  declare id: string;
  /** `{ 'click .save': 'save' }`: an event, a selector inside of the element, and a method or its name. */
  declare events: Record<string, unknown>;
  /** Undefined before an application has started. A subclass may set another. */
  app: ApplicationView | undefined;
  owner: unknown;
  declare el: HTMLElement;
  declare $el: Elements;
  #undelegate = () => {};

  static {
    Control.prototype.messageGroup = '';
    Control.prototype.tagName = 'div';
    Control.prototype.className = '';
    Control.prototype.id = '';
    Control.prototype.events = {};
  }

  constructor(owner?: unknown, options: Record<string, unknown> = {}) {
    super();
    this.owner = owner;
    this.options = { ...defaultOptions(new.target.prototype), ...options };
    this.app = applicationOf(options) ?? applicationOf(owner) ?? latestApplication();
    this.setElement(document.createElement(this.tagName));
    if (this.className) this.$el.addClass(this.className);
    if (this.id) this.el.id = this.id;
  }

  /** Called by plugins of an older style as `Control.prototype.initialize.call(this, owner, options)`. */
  initialize(..._args: unknown[]): void {}

  /** Takes another element for its own, and moves its `events` there. */
  setElement(element: unknown): this {
    const el = element instanceof HTMLElement ? element : Reflect.get(Object(element), 0);
    if (!(el instanceof HTMLElement)) throw new TypeError('setElement(element) needs an element or its $el');
    this.#undelegate();
    this.el = el;
    this.$el = new Elements([el]);
    disposers.set(el, () => this.remove());
    this.delegateEvents();
    return this;
  }

  $(selector: string): Elements {
    return this.$el.find(selector);
  }

  delegateEvents(): this {
    this.#undelegate();
    const { el } = this;
    const ends = Object.entries(this.events).map(([key, method]) => {
      const [type = '', ...rest] = key.trim().split(/\s+/);
      const selector = rest.join(' ');
      const listener = (event: Event) => {
        const { target } = event;
        const current = selector && target instanceof Element ? target.closest(selector) : el;
        if (!current || !el.contains(current)) return;
        const action: unknown = typeof method === 'string' ? Reflect.get(this, method) : method;
        if (typeof action !== 'function')
          throw new Error(`events['${key}']: there is no method '${String(method)}'`);
        // jQuery sets it to the element that the selector names.
        Object.defineProperty(event, 'currentTarget', { value: current, configurable: true });
        this.run(() => Reflect.apply(action, this, [event]));
      };
      el.addEventListener(type, listener);
      return () => el.removeEventListener(type, listener);
    });
    this.#undelegate = () => {
      for (const end of ends) end();
    };
    return this;
  }

  /** A message of the class's group or, where it has none, one of the platform's common ones, such as 'ok_btn'. */
  override msg(key: string, values?: Record<string, unknown>): string {
    return this.#lookup(key, values) ?? key;
  }

  /** A text with its `{:key}` parts replaced by messages. `group`: where to look before the class's own group. */
  translate(text: string, group = this.messageGroup): string {
    return text.replace(/\{:([\w.]+)\}/g, (_, key: string) => this.#lookup(key, undefined, group) ?? key);
  }

  render(): unknown {
    return this;
  }

  show(): this {
    this.$el.show();
    return this;
  }

  hide(): this {
    this.$el.hide();
    return this;
  }

  /** Takes the element and everything that it listens to away. */
  remove(): void {
    this.#undelegate();
    this.stopListening();
    this.off();
    if (this.app instanceof Events) this.app.off(undefined, undefined, this);
    this.el.remove();
  }

  /** Runs what a plugin does, and reports an error of it where the application reports its errors. */
  protected run(action: () => unknown): void {
    const app = this.app ?? latestApplication();
    if (app) app.run(action);
    else action();
  }

  #lookup(key: string, values?: Record<string, unknown>, group = this.messageGroup): string | undefined {
    const localisation = latestApplication()?.localisation;
    const text = localisation?.lookup(group, key) ?? localisation?.lookup(COMMON_GROUP, key);
    return text === undefined ? undefined : fillPlaceholders(text, values);
  }
}

function applicationOf(given: unknown): ApplicationView | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { app }: WithApplication = given;
  return isApplication(app) ? app : undefined;
}

function isApplication(app: unknown): app is ApplicationView {
  return typeof app === 'object' && app !== null && 'renderReactNode' in app && 'localisation' in app;
}
