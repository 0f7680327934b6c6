export type { SystemClient } from '../client/SystemClient.ts';
export type {
  TaskFilter,
  TaskSnapshot,
  WorkflowGraph,
  WorkflowLink,
  WorkflowNode,
} from '../contract/index.ts';
export type { HostApplication } from '../host/contract.ts';
export {
  createMonitorPlugin,
  type MonitorPluginClass,
  type MonitorPluginInstance,
  type MonitorPluginOptions,
} from './createMonitorPlugin.tsx';
export {
  type FilterSince,
  type FilterState,
  filterFromSearch,
  filterToSearch,
  type MonitorFilter,
} from './monitorFilter.ts';
export {
  type LoadFeatures,
  type LogLine,
  LogPanel,
  type LogPanelProps,
  type RunAddress,
  RunComparePage,
  type RunComparePageProps,
  type RunFeatures,
  type RunMap,
  type RunPageProps,
} from './run/index.tsx';
export { TaskMonitor, type TaskMonitorProps } from './TaskMonitor.tsx';
export type { TaskAction } from './taskActions.ts';
export {
  type GraphProblem,
  RunPage,
  WorkflowGraphView,
  type WorkflowGraphViewProps,
  WorkflowView,
  type WorkflowViewProps,
} from './workflow/index.tsx';
