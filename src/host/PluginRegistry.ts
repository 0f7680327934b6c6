import type { PluginOptions } from './contract.ts';
import type { HostPlugin, PluginClass } from './Plugin.ts';
import type { ButtonClass, HostButton } from './PluginButton.ts';
import { describeProblem } from './reportProblem.ts';

/** The registry's application: it fires events, and reports errors to whoever listens. */
interface RegistryOwner {
  fire(event: string): void;
  off(events: undefined, handler: undefined, context: unknown): void;
  report(problem: unknown): void;
}

/** A button of the toolbar: an instance, made once and kept until its plugin leaves. */
export interface ToolbarItem {
  /** 'pluginId.buttonKey'. */
  reference: string;
  plugin: HostPlugin;
  button: HostButton;
}

/** A button of the palette: its class, called with nothing but its plugin. */
export interface PaletteItem {
  reference: string;
  plugin: HostPlugin;
  prototype: HostButton;
}

function error(message: string, cause?: unknown): Error {
  return new Error(message, cause === undefined ? undefined : { cause });
}

/** The plugins of an application and the buttons it shows of them. Nothing a plugin does stops the host. */
export class PluginRegistry {
  /** By id, for everyone to see as `app.plugins`. */
  readonly plugins: Record<string, unknown> = {};
  toolbar: readonly ToolbarItem[] = [];
  palette: readonly PaletteItem[] = [];
  readonly #app: RegistryOwner;
  readonly #registered = new Map<string, HostPlugin>();
  /** Buttons that could not be made, so that they are tried, and reported, once per plugin. */
  readonly #failed = new Map<string, HostPlugin>();
  #toolbarReferences: readonly string[] = [];
  #paletteReferences: readonly string[] = [];

  constructor(app: RegistryOwner) {
    this.#app = app;
  }

  register<Options>(
    id: string,
    Class: new (owner: never, options: Options) => HostPlugin,
    options?: Options,
  ): HostPlugin | undefined {
    if (this.#registered.has(id)) {
      this.#app.report(
        error(`A plugin is already registered as '${id}': unregister it first, or use another id`),
      );
      return undefined;
    }
    let plugin: HostPlugin;
    try {
      plugin = Reflect.construct(Class, [this.#app, options ?? {}]);
    } catch (cause) {
      this.#app.report(error(`Plugin '${id}' could not be started: ${describeProblem(cause)}`, cause));
      return undefined;
    }
    this.#registered.set(id, plugin);
    this.plugins[id] = plugin;
    this.#update();
    return plugin;
  }

  unregister(id: string): void {
    const plugin = this.#registered.get(id);
    if (!plugin) return;
    this.#registered.delete(id);
    for (const [reference, owner] of this.#failed) if (owner === plugin) this.#failed.delete(reference);
    delete this.plugins[id];
    this.#update();
    try {
      plugin.remove?.();
    } catch (cause) {
      this.#app.report(error(`Plugin '${id}' failed while it was removed: ${describeProblem(cause)}`, cause));
    }
    this.#app.off(undefined, undefined, plugin);
  }

  unregisterAll(): void {
    for (const id of [...this.#registered.keys()].reverse()) this.unregister(id);
  }

  /** Says which buttons are shown, as 'pluginId.buttonKey'; reports those that do not exist. */
  show(bar: 'toolbar' | 'palette', references: readonly string[]): void {
    const unique = [...new Set(references)];
    if (bar === 'toolbar') this.#toolbarReferences = unique;
    else this.#paletteReferences = unique;
    for (const reference of unique) {
      const problem = this.#problemWith(reference);
      if (problem) this.#app.report(error(`Button '${reference}' of the ${bar}: ${problem}`));
    }
    this.#update();
  }

  #find(reference: string): { plugin: HostPlugin; Button: ButtonClass } | undefined {
    const { id, key } = splitReference(reference);
    const plugin = this.#registered.get(id);
    const buttons = plugin?.buttons ?? {};
    const Button = Object.hasOwn(buttons, key) ? buttons[key] : undefined;
    return plugin && Button ? { plugin, Button } : undefined;
  }

  #problemWith(reference: string): string | undefined {
    if (this.#find(reference)) return undefined;
    const { id, key } = splitReference(reference);
    const plugin = this.#registered.get(id);
    if (!plugin) return `there is no plugin '${id}'; registered are: ${list(this.#registered.keys())}`;
    return `plugin '${id}' has no button '${key}'; it has: ${list(Object.keys(plugin.buttons ?? {}))}`;
  }

  #update(): void {
    const before = this.toolbar;
    this.toolbar = this.#toolbarReferences.flatMap((reference) => {
      const found = this.#find(reference);
      if (!found) return [];
      const kept = before.find((item) => item.reference === reference && item.plugin === found.plugin);
      return kept ?? this.#makeToolbarItem(reference, found.plugin, found.Button) ?? [];
    });
    this.palette = this.#paletteReferences.flatMap((reference) => {
      const found = this.#find(reference);
      return found ? [{ reference, plugin: found.plugin, prototype: found.Button.prototype }] : [];
    });
    for (const item of before) {
      if (!this.toolbar.includes(item)) this.#removeToolbarItem(item);
    }
    this.#app.fire('plugins-changed');
  }

  #makeToolbarItem(reference: string, plugin: HostPlugin, Button: ButtonClass): ToolbarItem | undefined {
    if (this.#failed.get(reference) === plugin) return undefined;
    let item: ToolbarItem | undefined;
    try {
      item = { reference, plugin, button: Reflect.construct(Button, [plugin, {}]) };
      item.button.initUI?.();
      return item;
    } catch (cause) {
      this.#failed.set(reference, plugin);
      if (item) this.#removeToolbarItem(item);
      this.#app.report(error(`Button '${reference}' could not be made: ${describeProblem(cause)}`, cause));
      return undefined;
    }
  }

  #removeToolbarItem({ reference, button }: ToolbarItem): void {
    try {
      button.remove?.();
    } catch (cause) {
      this.#app.report(
        error(`Button '${reference}' failed while it was removed: ${describeProblem(cause)}`, cause),
      );
    }
  }
}

function splitReference(reference: string): { id: string; key: string } {
  const dot = reference.lastIndexOf('.');
  return { id: reference.slice(0, Math.max(dot, 0)), key: reference.slice(dot + 1) };
}

function list(names: Iterable<string>): string {
  return [...names].join(', ') || 'none';
}

export type PluginEntry = PluginClass | [PluginClass, PluginOptions];
