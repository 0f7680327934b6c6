export type { TaskFilter, TaskSnapshot } from '../contract/index.ts';
export { TaskMonitor, type TaskMonitorProps } from './TaskMonitor.tsx';
