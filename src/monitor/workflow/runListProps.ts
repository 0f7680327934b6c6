/** The props of the views of a run that are lists of its nodes: the timeline, the table and the list. */
import type { TaskSnapshot } from '../../contract/index.ts';
import type { WorkflowRun, WorkflowState } from './WorkflowRun.ts';

export interface RunListProps {
  run: WorkflowRun;
  state: WorkflowState;
  /** The task of the run. */
  task: TaskSnapshot;
  /** Unix time in milliseconds. */
  nowMs: number;
  chosen: string | undefined;
  onChoose(key: string, options: { open: boolean }): void;
}
