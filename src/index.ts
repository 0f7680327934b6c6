import { DockedModal } from './host/DockedModal.tsx';
import { DraggableModal } from './host/DraggableModal.tsx';
import { Plugin } from './host/Plugin.ts';
import { PluginButton } from './host/PluginButton.ts';
import { renderReactNode } from './host/renderReactNode.tsx';
import { useLocale } from './host/useLocale.ts';
import { createLrtModal } from './modal/createLrtModal.tsx';
import { createLrtPlugin } from './plugin/createLrtPlugin.ts';

// Pure: who imports only `createLrtPlugin` gets neither of these two nor the stand-in host.

/** For the standalone host; another host has its own by `createLrtPlugin(binding)`. */
export const LrtPlugin = /* @__PURE__ */ createLrtPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
  DockedModal,
});
/** The modal alone, for the standalone host. */
export const LrtModal = /* @__PURE__ */ createLrtModal({ useLocale, DraggableModal, DockedModal });

export type { Failure } from './client/taskStore.ts';
export type { MessageKey, Messages } from './locales/customerConnection/en.ts';
export type { PackSource, Packs, Words } from './locales/types.ts';
export { createLrtModal, type LrtModalProps, type ModalHost } from './modal/createLrtModal.tsx';
export type { ListPoles, PoleChoice } from './modal/DesignPoles.tsx';
export type { TaskControls, TaskSessionState } from './parts/TaskSession.ts';
export { createLrtPlugin, type LrtPluginClass, type LrtPluginInstance } from './plugin/createLrtPlugin.ts';
export type { ButtonInstance, HostBinding, PluginInstance } from './plugin/hostBinding.ts';
export type { LrtPluginOptions } from './plugin/options.ts';
