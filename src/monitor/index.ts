<<<<<<< HEAD
export type { TaskFilter, TaskSnapshot } from '../contract/index.ts';
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
  RunPage,
  type RunPageProps,
} from './run/index.tsx';
=======
export type { SystemClient } from '../client/SystemClient.ts';
export type { TaskSnapshot } from '../contract/index.ts';
export type { HostApplication } from '../host/contract.ts';
export {
  type FilterSince,
  type FilterState,
  filterFromSearch,
  filterToSearch,
  type MonitorFilter,
} from './monitorFilter.ts';
>>>>>>> 62845a3 (The task monitor: sections, rows with their buttons, filters in the address, selection, keyboard, announcements)
export { TaskMonitor, type TaskMonitorProps } from './TaskMonitor.tsx';
export type { TaskAction } from './taskActions.ts';
