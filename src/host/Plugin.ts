import type { ButtonStatusSource, HostApplication, PluginOptions } from './contract.ts';
import { Events } from './events.ts';
import type { ButtonClass } from './PluginButton.ts';

/** The owner of a plugin: the application, or an object that has one. */
export type PluginOwner = HostApplication | (object & { app: HostApplication });

/** The host asks this of a plugin. `Plugin` is the usual base. */
export interface HostPlugin {
  buttons?: Record<string, ButtonClass>;
  /** This host shows it on the first of the plugin's buttons: a ring or a mark on its image, and words after its title. */
  buttonStatus?: ButtonStatusSource;
  msg?(key: string, values?: Record<string, unknown>): string;
  /** Called when the plugin is unregistered: leave nothing behind. */
  remove?(): void;
}

/** `options: never`: any class will do, whatever its options are. */
export type PluginClass = new (owner: HostApplication, options: never) => HostPlugin;

/**
 * Base of plugins. A subclass sets its statics on the prototype:
 * `static { this.prototype.messageGroup = 'LRT'; this.prototype.buttons = { dialog: DialogButton }; }`
 */
export class Plugin extends Events implements HostPlugin {
  /** Group of the message file that the plugin's strings come from. */
  declare messageGroup: string;
  /** Buttons by key; a toolbar names them 'pluginId.key'. */
  declare buttons: Record<string, ButtonClass>;
  readonly owner: PluginOwner;
  readonly app: HostApplication;
  readonly options: PluginOptions;

  static {
    Plugin.prototype.messageGroup = '';
    Plugin.prototype.buttons = {};
  }

  constructor(owner: PluginOwner, options: PluginOptions = {}) {
    super();
    this.owner = owner;
    this.app = 'app' in owner ? owner.app : owner;
    this.options = options;
  }

  /** A message of the plugin's group in the user's language; the key itself where there is none. */
  msg(key: string, values?: Record<string, unknown>): string {
    return this.app.localisation?.msg(this.messageGroup, key, values) ?? key;
  }

  /** Fires an event of this plugin; several names in one string. */
  trigger(events: string, ...args: unknown[]): void {
    this.fire(events, ...args);
  }

  /** The plugin is unregistered. A subclass that opened more than listeners closes it and calls `super.remove()`. */
  remove(): void {
    this.stopListening();
    this.off();
  }
}
