import { createTaskClient } from 'lrt-plugin/client';
import {
  createApplication,
  DraggableModal,
  hostFeature,
  Plugin,
  PluginButton,
  renderReactNode,
  useLocale,
} from 'lrt-plugin/host';
import { createPlanPlugin } from 'lrt-plugin/plan';

const PlanPlugin = createPlanPlugin({ Plugin, PluginButton, renderReactNode, useLocale, DraggableModal });

/** Opens the dialog for the plan of a design. The function that it returns takes the dialog off the page. */
export function openPlan(design: string): () => void {
  const app = createApplication({ system: createTaskClient({ baseUrl: '/lrt' }) });
  app.registerPlugin('plan', PlanPlugin);
  const { plan } = app.plugins;
  app.setCurrentFeature(
    hostFeature({
      id: design,
      geometry: { type: 'Point', coordinates: [0, 0] },
      properties: { table: 'design', name: design.replace('design/', '') },
    }),
  );
  if (plan instanceof PlanPlugin) plan.showModal();
  return () => app.dispose();
}
