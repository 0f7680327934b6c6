import { defineTask } from '../../tasks/defineTask.ts';
import { executePlan } from './executePlan.ts';
import { planAreaParams } from './planAreaParams.ts';
import { previewPlan } from './previewPlan.ts';
import { findAddresses } from './readArea.ts';

/**
 * Plans the network of an area and writes it into a design: terminals, splitters, routes, cables and splices, from a frame that
 * feeds all fibres to an ONT at each address. It uses the plant that is there first. An address that cannot be served is an item
 * that failed, with its reason. Params: PlanAreaParams; result: PlanAreaResult. See docs/plan-an-area.md.
 */
export const planAreaTask = defineTask({
  name: 'plan_area_task',
  queue: 'high_priority',
  timeoutSeconds: 600,
  params: planAreaParams,
  keep: 'good-items',
  async check(params, { network }) {
    await findAddresses(params, network);
  },
  exclusive: ({ design }) => design,
  preview: previewPlan,
  execute: async (params, context) => (await executePlan(params, context)).result,
});
