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
export { TaskMonitor, type TaskMonitorProps } from './TaskMonitor.tsx';
