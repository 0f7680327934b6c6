import {
  DockedModal,
  DraggableModal,
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
} from '../src/host/index.ts';
import { createPlanPlugin } from '../src/plan/index.ts';

/** The plugin that plans an area, bound to the stand-in host. */
export const PlanPlugin = createPlanPlugin({
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
  DraggableModal,
  DockedModal,
});
