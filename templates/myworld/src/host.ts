// The host application's own modules. Here, in tests and in stories `standInHost()` in vite.config.ts puts the
// stand-in's in their place.
export { Plugin, PluginButton } from 'myWorld-client';
export { DraggableModal, renderReactNode, useLocale } from 'myWorld-client/react';
