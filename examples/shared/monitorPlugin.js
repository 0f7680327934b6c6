import { DraggableModal, Plugin, PluginButton, renderReactNode, useLocale } from 'lrt-plugin/host';
import { createMonitorPlugin } from 'lrt-plugin/monitor';

/** The button "Tasks" with the number of running tasks. It opens the monitor in a dialog. */
export const MonitorPlugin = createMonitorPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
});
