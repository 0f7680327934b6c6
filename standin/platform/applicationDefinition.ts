import type { PluginEntry } from '../../src/host/PluginRegistry.ts';
import { PlatformPlugin } from './PlatformPlugin.ts';

interface Toolbar {
  /** 'pluginId.buttonKey'. */
  buttons: string[];
}

interface Layout {
  controls: { toolbar: [Toolbar, Toolbar, ...Toolbar[]] };
}

/** An application's main file fills this before the application starts. */
export interface ApplicationDefinition {
  plugins: Record<string, PluginEntry>;
  layouts: Record<'desktop' | 'tablet' | 'phone', Layout>;
  displayUnits: Record<string, string>;
}

function layout(): Layout {
  return { controls: { toolbar: [{ buttons: [] }, { buttons: [] }] } };
}

/**
 * Makes a definition without buttons, for a test that wants one of its own.
 *
 * @example startApplication({ definition: createApplicationDefinition() })
 */
export function createApplicationDefinition(): ApplicationDefinition {
  return {
    // Main files add to these without asking whether they are there.
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

/** The buttons of the definition's palettes: the `toolButtons` among the options of their plugins. */
export function paletteOf({ plugins }: ApplicationDefinition): string[] {
  return Object.values(plugins).flatMap((entry) => {
    const buttons: unknown = Array.isArray(entry) ? entry[1].toolButtons : undefined;
    return Array.isArray(buttons) ? buttons.filter((each) => typeof each === 'string') : [];
  });
}

/** The one of the page: `myw.applicationDefinition`. */
export const applicationDefinition: ApplicationDefinition = createApplicationDefinition();
