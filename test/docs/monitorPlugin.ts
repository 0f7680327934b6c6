import { LrtPlugin } from 'lrt-plugin';
import { createTaskClient } from 'lrt-plugin/client';
// The host's own modules; here those of the stand-in.
import {
  createApplication,
  DraggableModal,
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
} from 'lrt-plugin/host';
import { createMonitorPlugin } from 'lrt-plugin/monitor';

const MonitorPlugin = createMonitorPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
});

export const app = createApplication({
  system: createTaskClient({ baseUrl: '/lrt' }),
  plugins: { lrtPlugin: LrtPlugin, monitor: MonitorPlugin },
  toolbar: ['lrtPlugin.dialog', 'monitor.tasks'],
});
