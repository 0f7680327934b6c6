// The platform comes without types: as far as a plugin uses it, the stand-in has the same ones.
declare module 'myWorld-client' {
  export { Plugin, PluginButton } from 'lrt-plugin/host';
}
declare module 'myWorld-client/react' {
  export { DraggableModal, renderReactNode, useLocale } from 'lrt-plugin/host';
}
