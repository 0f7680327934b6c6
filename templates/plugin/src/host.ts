// The host application's own modules: the plugin imports them from here and from nowhere else.
export { DraggableModal, Plugin, PluginButton, renderReactNode, useLocale } from 'lrt-plugin/host';
