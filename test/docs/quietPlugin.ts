import { LrtPlugin } from 'lrt-plugin';
import { createApplication } from 'lrt-plugin/host';
import type { SystemClient } from 'lrt-plugin/parts';

/** The plugin says how tasks are in its dialog and on its button, and nowhere else. */
export const quietApplication = (system: SystemClient) =>
  createApplication({
    system,
    plugins: {
      lrtPlugin: [
        LrtPlugin,
        { notices: false, pageTitle: false, pageIcon: false, desktopNotifications: false },
      ],
    },
    toolbar: ['lrtPlugin.dialog'],
  });
