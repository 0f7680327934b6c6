import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

addons.setConfig({
  theme: create({ base: 'light', brandTitle: 'lrt-plugin', fontBase: 'system-ui, sans-serif' }),
  layout: { panelPosition: 'bottom' },
  // The host application has the window to itself.
  layoutCustomisations: {
    showPanel: ({ storyId }, byDefault) => (storyId?.startsWith('host-application--') ? false : byDefault),
  },
});
