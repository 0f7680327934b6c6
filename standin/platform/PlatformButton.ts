import { type ButtonOwner, PluginButton } from '../../src/host/PluginButton.ts';
import { reportProblem } from '../../src/host/reportProblem.ts';
import { Elements } from './Elements.ts';
import { extend } from './extend.ts';
import { mergeOptions } from './MywClass.ts';

/** The base of the buttons of the platform: the host's `PluginButton`, and the methods that such buttons call besides. */
export class PlatformButton<Owner extends ButtonOwner = ButtonOwner> extends PluginButton<Owner> {
  static mergeOptions = mergeOptions;
  static extend = extend;
  declare messageGroup: string;
  declare className: string;
  declare readonly $el: Elements;
  readonly options: Record<string, unknown>;

  constructor(owner: Owner, options: Record<string, unknown> = {}) {
    super(owner);
    this.options = options;
    this.$el = new Elements(this.el ? [this.el] : []);
    if (this.className) this.$el.addClass(this.className);
    // A button may ask for the user's rights first, and remove itself when the answer comes.
    Promise.resolve(this.initialize(owner, options)).catch(reportProblem);
    queueMicrotask(() => this.render());
  }

  initialize(..._args: unknown[]): unknown {
    return undefined;
  }

  /** Called once the button is shown. A subclass sets its state here. */
  render(): unknown {
    return this;
  }

  $(selector: string): Elements {
    return this.$el.find(selector);
  }

  msg(key: string, values?: Record<string, unknown>): string {
    return this.owner.msg?.(key, values) ?? key;
  }

  /** A button that is not active is dimmed and cannot be pressed. */
  setActive(active: boolean): void {
    if (!this.el) return;
    this.$el.toggleClass('active', active).toggleClass('inactive', !active);
    this.el.inert = !active;
    this.el.style.opacity = active ? '' : '0.4';
  }
}
