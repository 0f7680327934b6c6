import { Application, type ApplicationOptions } from '../../src/host/Application.ts';
import type { EventHandler, HostFeature, HostMap } from '../../src/host/contract.ts';
import { fillPlaceholders } from '../../src/host/localisation.ts';
import type { HostPlugin } from '../../src/host/Plugin.ts';
import { describeProblem } from '../../src/host/reportProblem.ts';
import {
  type ApplicationDefinition,
  applicationDefinition,
  paletteOf,
  toolbarOf,
} from './applicationDefinition.ts';
import { Database, type DatabaseChange } from './Database.ts';
import { currentScope, ListenerScope } from './ListenerScope.ts';
import { messageKind } from './MessageBox.tsx';
import { once } from './MywClass.ts';
import { createStandInMap, platformMap } from './map.ts';
import { defineMissingMembers } from './missingMembers.ts';
import { followModuleLocales } from './moduleLocales.ts';
import { NoticeList } from './Notices.tsx';
import { type PlatformSystem, platformSystem } from './platformSystem.ts';
import { startWaitingRoots } from './renderFramed.ts';
import { Control } from './ui/Control.ts';
import { standInMessages } from './words.ts';

export interface StartOptions extends Omit<ApplicationOptions, 'plugins' | 'toolbar' | 'palette'> {
  /** Plugins and toolbar; default `myw.applicationDefinition`, as the main files of modules have filled it. */
  definition?: ApplicationDefinition;
  /** Default: an empty one. */
  database?: Database;
  /** `app.system.settings` and `myw.config`. */
  settings?: Record<string, unknown>;
  /** The permissions of the user, for `app.userHasPermission`. The default is all of them. */
  permissions?: readonly string[];
}

/**
 * An application as plugins of the platform know it: the host's one, with the members that such plugins use besides. It
 * fires 'task-refused' with `{ name, problem }` when the server refuses a task, and shows the user why.
 */
export class PlatformApplication extends Application {
  readonly name = 'stand-in host';
  readonly database: Database;
  /** Resolves once the messages of the modules are loaded. */
  readonly ready: Promise<this>;
  /** Plugins change the frame of the page with this. Here it changes nothing. */
  readonly layout = {
    centerLayout: {
      panes: {},
      options: { east: {}, west: {}, south: {} },
      open() {},
      close() {},
      addPane() {},
    },
  };
  declare system: PlatformSystem;
  /** The stand-in runs in a desktop's browser: plugins ask for these. */
  readonly isHandheld = false;
  readonly isNativeApp = false;
  readonly isTouchDevice = false;
  readonly #notices = new NoticeList(this);
  readonly #permissions: readonly string[] | undefined;
  readonly #scopes = new Map<string, ListenerScope>();

  static {
    defineMissingMembers('app', PlatformApplication.prototype);
  }

  constructor(options: StartOptions = {}) {
    const { definition = applicationDefinition, database, settings = {}, permissions, ...host } = options;
    super({ ...host, map: platformMap(host.map ?? createStandInMap()) });
    // Under what the application was given: any of these may be replaced.
    for (const layer of [standInMessages, host.messages ?? {}]) {
      for (const [language, texts] of Object.entries(layer)) this.localisation.loadMessages(language, texts);
    }
    this.system = platformSystem({
      client: host.system,
      settings,
      userHasPermission: (permission) => this.userHasPermission(permission),
      onRefused: (name, problem) => this.#taskRefused(name, problem),
    });
    this.database = database ?? new Database();
    this.#permissions = permissions;
    this.database.on('changed', this.#databaseChanged, this);
    // Before the plugins, which may use it from their constructors on.
    this.ready = followModuleLocales(this).then(() => this);
    for (const [id, entry] of Object.entries(definition.plugins)) {
      if (Array.isArray(entry)) this.registerPlugin(id, entry[0], entry[1] as never);
      else this.registerPlugin(id, entry);
    }
    this.setToolbar(toolbarOf(definition));
    this.setPalette(paletteOf(definition));
    startWaitingRoots();
  }

  override registerPlugin<Options>(
    id: string,
    Class: new (owner: never, options: Options) => HostPlugin,
    options?: Options,
  ): HostPlugin | undefined {
    const scope = new ListenerScope();
    const plugin = scope.during(() => super.registerPlugin(id, Class, options));
    if (plugin) this.#scopes.set(id, scope);
    else scope.release();
    return plugin;
  }

  /** Takes along what the plugin left: the roots and dialogs that it keeps, and the listeners of its constructor. */
  override unregisterPlugin(id: string): void {
    const plugin = this.plugins[id];
    super.unregisterPlugin(id);
    for (const kept of Object.values(plugin ?? {})) {
      if (isRoot(kept)) kept.unmount();
      else if (kept instanceof Control) kept.remove();
    }
    this.#scopes.get(id)?.release();
    this.#scopes.delete(id);
  }

  override on(events: string, handler: EventHandler, context?: unknown): void {
    super.on(events, handler, context);
    currentScope()?.add({ source: this, events, handler, context });
  }

  /** A feature that is not the database's gets the methods that the platform's have. */
  override setCurrentFeature(feature: HostFeature | null, options?: { zoomTo?: boolean }): void {
    super.setCurrentFeature(feature && this.database.adopt(feature), options);
  }

  override setCurrentFeatureSet(features: readonly HostFeature[]): void {
    super.setCurrentFeatureSet(features.map((feature) => this.database.adopt(feature)));
  }

  once(events: string, handler: EventHandler, context?: unknown): void {
    once(this, events, handler, context);
  }

  trigger(events: string, ...args: unknown[]): void {
    this.fire(events, ...args);
  }

  override setMap(map: HostMap | undefined): void {
    super.setMap(platformMap(map ?? createStandInMap()));
  }

  getMap(): HostMap | undefined {
    return this.map;
  }

  getMaps(): HostMap[] {
    return this.map ? [this.map] : [];
  }

  getPlugin(id: string): unknown {
    return this.plugins[id];
  }

  getPluginById(id: string): unknown {
    return this.plugins[id];
  }

  /** The design whose view of the database is open. The stand-in has one view, in which every design is seen. */
  getDelta(): string {
    return '';
  }

  /** A parameter of the page's address. */
  getUrlParam(name: string): string | undefined {
    return new URLSearchParams(globalThis.location?.search).get(name) ?? undefined;
  }

  /** Shows the user a message at the edge of the page. `type`: 'info', 'success', 'warning' or 'error'. */
  message(text: string, type?: string): void {
    this.#notices.show({ kind: messageKind(type), text });
  }

  getDatasource(name?: string): object {
    return this.database.getDatasource(name);
  }

  async userHasPermission(permission: string): Promise<boolean> {
    return this.#permissions?.includes(permission) ?? true;
  }

  /** `msg('group.key', values)` or `msg('group', 'key', values)`. */
  msg(group: string, key?: string | Record<string, unknown>, values?: Record<string, unknown>): string {
    if (typeof key === 'string') return this.localisation.msg(group, key, values);
    const dot = group.indexOf('.');
    const text = this.localisation.lookup(group.slice(0, Math.max(dot, 0)), group.slice(dot + 1));
    return text === undefined ? group : fillPlaceholders(text, key);
  }

  /** The platform's modes of work, and its statistics, are not here. */
  setApplicationMode(): void {}
  recordFunctionalityAccess(): void {}

  override dispose(): void {
    this.database.off(undefined, undefined, this);
    super.dispose();
  }

  // A plugin may write a refusal to the console only, where no user looks.
  #taskRefused(name: string, problem: unknown): void {
    this.fire('task-refused', { name, problem });
    this.#notices.show({
      kind: 'error',
      title: 'taskRefused',
      values: { name },
      text: describeProblem(problem),
    });
  }

  #databaseChanged(change: DatabaseChange): void {
    this.fire('featureCollection-modified', change);
    const { currentFeature } = this;
    if (currentFeature?.getUrn() !== change.feature.getUrn()) return;
    // The current feature shows the data that is stored.
    const current: HostFeature | null = change.changeType === 'delete' ? null : change.feature;
    this.setCurrentFeature(current);
  }
}

function isRoot(value: unknown): value is { unmount(): void } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'unmount' in value &&
    typeof value.unmount === 'function' &&
    'render' in value
  );
}

/**
 * Starts the application that the main files of modules have defined: plugins, toolbar and palette. An error in
 * a plugin or a button is an 'error' event, and the rest goes on.
 *
 * @example const app = startApplication({ database, system: createTaskClient({ baseUrl: '/lrt' }) });
 */
export function startApplication(options?: StartOptions): PlatformApplication {
  return new PlatformApplication(options);
}
