import { createLrtPlugin } from 'lrt-plugin';
// Here the stand-in; in your application, the host's own modules.
import { DraggableModal, Plugin, PluginButton, renderReactNode, useLocale } from 'lrt-plugin/host';

export const LrtPlugin = createLrtPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
});
