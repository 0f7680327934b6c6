import type { ThemeConfig } from 'antd';
import type { AntdLocale } from './antdLocales.ts';
import type { HostApplication, HostFeature, HostMap, RenderReactNode } from './contract.ts';
import type { Localisation } from './localisation.ts';
import type { PaletteItem, ToolbarItem } from './PluginRegistry.ts';

/**
 * The application as the components inside it see it: `useApplication()` returns it. It is the `Application` without
 * what only the page that made it may do, and it keeps the files that render from importing the class that needs them.
 */
export interface ApplicationView extends HostApplication {
  readonly localisation: Localisation;
  readonly renderReactNode: RenderReactNode;
  readonly toolbar: readonly ToolbarItem[];
  readonly palette: readonly PaletteItem[];
  readonly theme: ThemeConfig;
  /** antd's own texts; undefined while they are English. */
  readonly antdLocale: AntdLocale | undefined;
  /** Modals and rendered nodes are put into this element. */
  readonly container: HTMLElement;
  setCurrentFeatureSet(features: readonly HostFeature[]): void;
  setMap(map: HostMap | undefined): void;
  setLanguage(language: string): void;
  setTheme(theme: ThemeConfig): void;
  /** Fires 'error' with the problem or, when nobody listens, reports it as an uncaught error. */
  report(problem: unknown): void;
  /** Runs a plugin's action after a click, and reports the error when it throws or rejects. */
  run(action: () => unknown): void;
}
