import { DraggableModal } from './host/DraggableModal.tsx';
import { Plugin } from './host/Plugin.ts';
import { PluginButton } from './host/PluginButton.ts';
import { renderReactNode } from './host/renderReactNode.tsx';
import { useLocale } from './host/useLocale.ts';
import { createLrtModal } from './modal/createLrtModal.tsx';
import { createLrtPlugin } from './plugin/createLrtPlugin.ts';

/** For the standalone host; another host has its own by `createLrtPlugin(binding)`. */
export const LrtPlugin = createLrtPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
});
/** The modal alone, for the standalone host. */
export const LrtModal = createLrtModal({ useLocale, DraggableModal });

export type { MessageKey, Messages } from './locales/en.ts';
export type { LrtController, LrtState } from './modal/controller.ts';
export { createLrtModal, type LrtModalProps, type ModalHost } from './modal/createLrtModal.tsx';
export type { ListPoles, PoleChoice } from './modal/DesignPoles.tsx';
export type { Failure } from './modal/toTaskError.ts';
export { createLrtPlugin, type LrtPluginClass, type LrtPluginInstance } from './plugin/createLrtPlugin.ts';
export type { ButtonInstance, HostBinding, PluginInstance } from './plugin/hostBinding.ts';
export type { LrtPluginOptions } from './plugin/options.ts';
