import type { HostApplication } from '../host/contract.ts';
import { planLocalesWith, withPlanTitle } from '../locales/plan/planLocales.ts';
import { createTaskPlugin, type TaskPluginInstance } from '../plugin/createTaskPlugin.ts';
import type { HostBinding } from '../plugin/hostBinding.ts';
import { createPlanModal } from './createPlanModal.tsx';
import { planIcon } from './icon.ts';
import { PLAN_GROUP } from './messageGroup.ts';
import { type PlanPluginOptions, parsePlanOptions } from './planOptions.ts';

export interface PlanPluginInstance extends TaskPluginInstance {}

export type PlanPluginClass<Owner extends object = HostApplication> = new (
  owner: Owner,
  options?: PlanPluginOptions,
) => PlanPluginInstance;

/**
 * Makes the plugin of a host that plans the network of an area: a button, the dialog with its form, and the task behind them.
 *
 * @example
 * const PlanPlugin = createPlanPlugin({ Plugin, PluginButton, renderReactNode, useLocale, DraggableModal });
 * app.registerPlugin('plan', PlanPlugin);
 * app.setToolbar(['lrtPlugin.dialog', 'plan.dialog']);
 */
export function createPlanPlugin<Owner extends object = HostApplication>(
  host: HostBinding<Owner>,
): PlanPluginClass<Owner> {
  return createTaskPlugin(host, {
    messageGroup: PLAN_GROUP,
    buttonId: 'lrt-plan-button',
    icon: planIcon,
    parse: parsePlanOptions,
    locales: planLocalesWith,
    withTitle: withPlanTitle,
    Modal: createPlanModal(host),
    modalProps: (shared) => shared,
  });
}
