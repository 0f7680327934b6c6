import type { ThemeConfig } from 'antd';
import type { SystemClient } from '../client/SystemClient.ts';
import { baseOf } from '../locales/language.ts';
import type { ApplicationView } from './ApplicationView.ts';
import { type AntdLocale, loadAntdLocale } from './antdLocales.ts';
import type { HostFeature, HostMap, RenderReactNode } from './contract.ts';
import { themes } from './defaultTheme.ts';
import { Events } from './events.ts';
import { hostMessages } from './hostMessages.ts';
import { addApplication, removeApplication } from './latestApplication.ts';
import { Localisation, type MessageFile } from './localisation.ts';
import type { HostPlugin } from './Plugin.ts';
import { type PaletteItem, type PluginEntry, PluginRegistry, type ToolbarItem } from './PluginRegistry.ts';
import { createRenderer, type Renderer } from './renderReactNode.tsx';
import { describeProblem, reportProblem } from './reportProblem.ts';

export interface ApplicationOptions {
  /** By id: a class, or a class and its options. */
  plugins?: Record<string, PluginEntry>;
  /** Buttons as 'pluginId.buttonKey'. */
  toolbar?: string[];
  palette?: string[];
  system?: SystemClient;
  map?: HostMap;
  /** BCP 47; default 'en'. */
  language?: string;
  /** Message files by language: `{ de: { LRT: { title: '...' } } }`. */
  messages?: Record<string, MessageFile>;
  /** antd's texts by language, for languages other than en, de, fr, es, ja and ar. */
  antdLocales?: Record<string, AntdLocale>;
  /** Default `themes.light`. */
  theme?: ThemeConfig;
  /** Modals and rendered nodes are put into this element. The default is `document.body`. */
  container?: HTMLElement;
}

/**
 * The application a plugin lives in. Fires 'currentFeature-changed', 'currentFeatureSet-changed',
 * 'language-changed', 'theme-changed', 'antdLocale-changed', 'map-changed', 'plugins-changed' and 'error'.
 */
export class Application extends Events implements ApplicationView {
  currentFeature: HostFeature | null = null;
  currentFeatureSet: { items: HostFeature[] } = { items: [] };
  system?: SystemClient;
  map?: HostMap;
  readonly localisation: Localisation;
  readonly renderReactNode: RenderReactNode;
  readonly #renderer: Renderer;
  readonly #registry: PluginRegistry;
  readonly #container: HTMLElement | undefined;
  readonly #antdLocales: Record<string, AntdLocale>;
  #theme: ThemeConfig;
  #antdLocale: AntdLocale | undefined;
  #disposed = false;

  constructor(options: ApplicationOptions) {
    super();
    if (options.system) this.system = options.system;
    if (options.map) this.map = options.map;
    this.#container = options.container;
    this.#theme = options.theme ?? themes.light;
    this.#antdLocales = options.antdLocales ?? {};
    this.localisation = new Localisation(options.language ?? 'en');
    for (const layer of [hostMessages, options.messages ?? {}]) {
      for (const [language, messages] of Object.entries(layer)) {
        this.localisation.loadMessages(language, messages);
      }
    }
    this.#renderer = createRenderer(this);
    this.renderReactNode = this.#renderer.renderReactNode;
    this.#registry = new PluginRegistry(this);
    addApplication(this);
    this.#followLanguage();
    for (const [id, entry] of Object.entries(options.plugins ?? {})) {
      if (Array.isArray(entry)) this.registerPlugin(id, entry[0], entry[1] as never);
      else this.registerPlugin(id, entry);
    }
    this.setToolbar(options.toolbar ?? []);
    this.setPalette(options.palette ?? []);
  }

  // ------------------------------------------------------------ plugins

  /** The plugins by id. */
  get plugins(): Record<string, unknown> {
    return this.#registry.plugins;
  }

  get toolbar(): readonly ToolbarItem[] {
    return this.#registry.toolbar;
  }

  get palette(): readonly PaletteItem[] {
    return this.#registry.palette;
  }

  /** Undefined when the id is taken or the plugin could not be started; then an 'error' was reported. */
  registerPlugin<Options>(
    id: string,
    Class: new (owner: never, options: Options) => HostPlugin,
    options?: Options,
  ): HostPlugin | undefined {
    return this.#registry.register(id, Class, options);
  }

  /** Calls the plugin's `remove()` and takes its buttons away. Unknown ids are ignored. */
  unregisterPlugin(id: string): void {
    this.#registry.unregister(id);
  }

  /** Buttons as 'pluginId.buttonKey', in this order; one that does not exist is reported and left out. */
  setToolbar(references: readonly string[]): void {
    this.#registry.show('toolbar', references);
  }

  setPalette(references: readonly string[]): void {
    this.#registry.show('palette', references);
  }

  // ------------------------------------------------------------ selection and map

  setCurrentFeature(feature: HostFeature | null, options: { zoomTo?: boolean } = {}): void {
    this.#select(feature, feature ? [feature] : [], options);
  }

  /** Selects several features; of a single one it is the current feature too. */
  setCurrentFeatureSet(features: readonly HostFeature[]): void {
    const [first] = features;
    this.#select(features.length === 1 && first ? first : null, [...features], {});
  }

  setMap(map: HostMap | undefined): void {
    if (map) this.map = map;
    else delete this.map;
    this.fire('map-changed', map);
  }

  // ------------------------------------------------------------ language and theme

  setLanguage(language: string): void {
    this.localisation.setLanguage(language);
    this.#followLanguage();
    this.fire('language-changed', this.localisation.language);
  }

  get theme(): ThemeConfig {
    return this.#theme;
  }

  setTheme(theme: ThemeConfig): void {
    this.#theme = theme;
    this.fire('theme-changed', theme);
  }

  /** antd's own texts; undefined while they are English. */
  get antdLocale(): AntdLocale | undefined {
    return this.#antdLocale;
  }

  // ------------------------------------------------------------ the rest

  get container(): HTMLElement {
    return this.#container ?? document.body;
  }

  /** Fires 'error' with what went wrong or, when nobody listens, reports it as an uncaught error. */
  report(problem: unknown): void {
    // Not at once: problems of the start-up reach a listener put on right after createApplication().
    queueMicrotask(() => {
      if (this.listenerCount('error') > 0) this.fire('error', problem);
      else reportProblem(problem);
    });
  }

  /** Runs what a plugin does on a click, and reports what goes wrong with it, at once or later. */
  run(action: () => unknown): void {
    new Promise((resolve) => resolve(action())).catch((problem) => this.report(problem));
  }

  /** Removes the plugins, everything that was rendered and every listener. Safe to call twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#registry.unregisterAll();
    this.#renderer.unmountAll();
    removeApplication(this);
    // After what was just queued: problems to report, roots to unmount.
    queueMicrotask(() => this.off());
  }

  #select(feature: HostFeature | null, items: HostFeature[], { zoomTo }: { zoomTo?: boolean }): void {
    this.currentFeature = feature;
    this.currentFeatureSet = { items };
    this.fire('currentFeature-changed currentFeatureSet-changed', feature);
    if (!zoomTo || !feature) return;
    try {
      this.map?.zoomTo(feature);
    } catch (problem) {
      this.report(problem);
    }
  }

  #followLanguage(): void {
    const { language } = this.localisation;
    const given = this.#antdLocales[language] ?? this.#antdLocales[baseOf(language)];
    if (given) {
      this.#setAntdLocale(given);
      return;
    }
    loadAntdLocale(language).then(
      (locale) => {
        if (!this.#disposed && this.localisation.language === language) this.#setAntdLocale(locale);
      },
      (problem) => {
        const message = `antd's texts for '${language}' could not be loaded: ${describeProblem(problem)}`;
        this.report(new Error(message, { cause: problem }));
      },
    );
  }

  #setAntdLocale(locale: AntdLocale | undefined): void {
    if (locale === this.#antdLocale) return;
    this.#antdLocale = locale;
    this.fire('antdLocale-changed');
  }
}

/**
 * Makes an application and starts its plugins. An error in a plugin or a button is an 'error' event, and the rest goes
 * on. A wrong `language` or `messages` throws, because the application could show the user nothing.
 *
 * @example const app = createApplication({ plugins: { lrtPlugin: LrtPlugin }, toolbar: ['lrtPlugin.dialog'] });
 */
export function createApplication(options: ApplicationOptions = {}): Application {
  return new Application(options);
}
