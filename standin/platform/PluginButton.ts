import { type ButtonOwner, PluginButton as HostButton } from '../../src/host/PluginButton.ts';
import { reportProblem } from '../../src/host/reportProblem.ts';
import { Elements } from './Elements.ts';
import { mergeOptions } from './MywClass.ts';

/** The host's `PluginButton` with what buttons of the platform call besides. */
export class PluginButton<Owner extends ButtonOwner = ButtonOwner> extends HostButton<Owner> {
  static mergeOptions = mergeOptions;
  declare messageGroup: string;
  declare className: string;
  declare readonly $el: Elements;
  readonly options: Record<string, unknown>;

  constructor(owner: Owner, options: Record<string, unknown> = {}) {
    super(owner);
    this.options = options;
    this.$el = new Elements(this.el ? [this.el] : []);
    if (this.className) this.$el.addClass(this.className);
    // May be asynchronous: buttons ask for the user's rights, and remove themselves.
    Promise.resolve(this.initialize(owner, options)).catch(reportProblem);
    queueMicrotask(() => this.render());
  }

  initialize(..._args: unknown[]): unknown {
    return undefined;
  }

  /** The button is shown. A subclass sets its state here. */
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
