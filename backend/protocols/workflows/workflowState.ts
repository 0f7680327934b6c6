import { isRecord, isTerminal, type TaskSnapshot } from '../../../src/contract/index.ts';

/** A workflow, in the words of the concurrent service template's orchestrator. */
export interface WorkflowState {
  workflow_id: string;
  name: string;
  status: 'pending' | 'running' | 'completed' | 'failed';
  /** 0 to 100. The orchestrator has no such field. */
  progress: number | null;
  created_at: string;
  updated_at: string;
  error: string | null;
}

export function workflowState(task: TaskSnapshot): WorkflowState {
  const { graph } = task.params;
  const { percent } = task.progress;
  return {
    workflow_id: task.id,
    name: isRecord(graph) && typeof graph.name === 'string' ? graph.name : '',
    status: statusOf(task),
    progress: percent === null ? null : Math.floor(percent),
    ...timesOf(task),
    error: errorOf(task, 'The workflow'),
  };
}

export function statusOf({ status }: Pick<TaskSnapshot, 'status'>): WorkflowState['status'] {
  if (status === 'queued') return 'pending';
  if (status === 'running') return 'running';
  return status === 'succeeded' ? 'completed' : 'failed';
}

export function timesOf({
  createdAt,
  startedAt,
  finishedAt,
}: Pick<TaskSnapshot, 'createdAt' | 'startedAt' | 'finishedAt'>): { created_at: string; updated_at: string } {
  return { created_at: createdAt, updated_at: finishedAt ?? startedAt ?? createdAt };
}

/** Why it failed. `what` is cancelled: 'The workflow'. */
export function errorOf({ status, error, cancelledBy }: TaskSnapshot, what: string): string | null {
  if (!isTerminal(status) || status === 'succeeded') return null;
  if (status === 'cancelled')
    return `${what} was cancelled${cancelledBy === undefined ? '' : ` by ${cancelledBy}`}`;
  return error?.message ?? `${what} failed`;
}
