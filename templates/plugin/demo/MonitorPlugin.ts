import { DraggableModal, Plugin, PluginButton, renderReactNode, useLocale } from 'lrt-plugin/host';
import { createMonitorPlugin } from 'lrt-plugin/monitor';

/** The application's button "Tasks": all tasks of the backend, and how they stand. */
export const MonitorPlugin = createMonitorPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
});
