import type { EventHandler, PluginOptions } from '../../src/host/contract.ts';
import { Plugin, type PluginOwner } from '../../src/host/Plugin.ts';
import { extend } from './extend.ts';
import { defaultOptions, include, mergeOptions, once } from './MywClass.ts';

/** The base of the plugins of the platform: the host's `Plugin`, and the methods that such plugins call besides. */
export class PlatformPlugin extends Plugin {
  static mergeOptions = mergeOptions;
  static include = include;
  static extend = extend;

  constructor(owner: PluginOwner, options: PluginOptions = {}) {
    super(owner, { ...defaultOptions(new.target.prototype), ...options });
  }

  setOptions(options: PluginOptions | undefined): void {
    Object.assign(this.options, options);
  }

  once(events: string, handler: EventHandler, context?: unknown): void {
    once(this, events, handler, context);
  }
}
