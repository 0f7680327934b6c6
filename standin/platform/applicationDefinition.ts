import type { PluginEntry } from '../../src/host/PluginRegistry.ts';
import { PlatformPlugin } from './PlatformPlugin.ts';

interface Toolbar {
  /** 'pluginId.buttonKey'. */
  buttons: string[];
}

interface Layout {
  controls: { toolbar: [Toolbar, Toolbar, ...Toolbar[]] };
}

/** What an application's main file fills before it starts. */
export interface ApplicationDefinition {
  plugins: Record<string, PluginEntry>;
  layouts: Record<'desktop' | 'tablet' | 'phone', Layout>;
  displayUnits: Record<string, string>;
}

function layout(): Layout {
  return { controls: { toolbar: [{ buttons: [] }, { buttons: [] }] } };
}

/** A definition without buttons, for a test that wants one of its own. */
export function createApplicationDefinition(): ApplicationDefinition {
  return {
    // What main files add to without asking whether it is there.
    plugins: {
      palette: [PlatformPlugin, { toolButtons: [] }],
      toolsMode: [PlatformPlugin, { toolButtons: [] }],
      designRulesManager: [PlatformPlugin, { rules: [] }],
    },
    layouts: { desktop: layout(), tablet: layout(), phone: layout() },
    displayUnits: { length: 'm' },
  };
}

/** Every toolbar button of a layout, in order. */
export function toolbarOf({ layouts }: ApplicationDefinition): string[] {
  return layouts.desktop.controls.toolbar.flatMap(({ buttons }) => buttons);
}

/** What palettes of the definition show: the `toolButtons` among the options of their plugins. */
export function paletteOf({ plugins }: ApplicationDefinition): string[] {
  return Object.values(plugins).flatMap((entry) => {
    const buttons: unknown = Array.isArray(entry) ? entry[1].toolButtons : undefined;
    return Array.isArray(buttons) ? buttons.filter((each) => typeof each === 'string') : [];
  });
}

/** The one of the page: `myw.applicationDefinition`. */
export const applicationDefinition: ApplicationDefinition = createApplicationDefinition();
