export type { SystemClient } from '../client/SystemClient.ts';
export type { HostApplication } from '../host/contract.ts';
export {
  createPlanPlugin,
  type PlanPluginClass,
  type PlanPluginInstance,
} from './createPlanPlugin.ts';
export type { PlanPluginOptions } from './planOptions.ts';
