import type { EventHandler, PluginOptions } from '../../src/host/contract.ts';
import { Plugin as HostPlugin, type PluginOwner } from '../../src/host/Plugin.ts';
import { defaultOptions, include, mergeOptions, once } from './MywClass.ts';

/** The host's `Plugin` with what plugins of the platform call besides. */
export class Plugin extends HostPlugin {
  static mergeOptions = mergeOptions;
  static include = include;

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
