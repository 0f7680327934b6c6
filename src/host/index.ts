export type { BoundingBox, GeoFeature, Geometry, Position } from '../contract/index.ts';
export { type Application, type ApplicationOptions, createApplication } from './Application.ts';
export { useApplication } from './ApplicationContext.ts';
export type { ApplicationView } from './ApplicationView.ts';
export type {
  ButtonStatus,
  ButtonStatusSource,
  DockedModalProps,
  DockedPlace,
  DraggableModalProps,
  EventHandler,
  FoldedBar,
  HostApplication,
  HostEvents,
  HostFeature,
  HostLocalisation,
  HostMap,
  Msg,
  PluginOptions,
  RenderReactNode,
  RenderRoot,
  TaskOverlay,
} from './contract.ts';
export { DockedModal } from './DockedModal.tsx';
export { DraggableModal } from './DraggableModal.tsx';
export { themes } from './defaultTheme.ts';
export { Events } from './events.ts';
export { FeatureDetails, type FeatureDetailsProps } from './FeatureDetails.tsx';
export { HostProvider } from './HostProvider.tsx';
export { hostFeature } from './hostFeature.ts';
export type { MessageFile } from './localisation.ts';
export { Palette } from './Palette.tsx';
export { type HostPlugin, Plugin, type PluginClass, type PluginOwner } from './Plugin.ts';
export { type ButtonClass, type ButtonOwner, type HostButton, PluginButton } from './PluginButton.ts';
export type { PluginEntry } from './PluginRegistry.ts';
export { renderReactNode } from './renderReactNode.tsx';
export { Toolbar } from './Toolbar.tsx';
export { useFeatureText } from './useFeatureText.ts';
export { type HostLocale, useLocale } from './useLocale.ts';
export type { FeatureText } from './words/featureText.ts';
