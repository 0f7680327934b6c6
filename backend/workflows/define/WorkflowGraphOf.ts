import type { WorkflowGraph, WorkflowNode } from '../../../src/contract/index.ts';

/**
 * The graphs of these tasks, for a client that has types alone and no definitions: it knows the names of the tasks and their
 * params. `defineWorkflow` and the server check how links fit.
 *
 * @example
 * import type { TasksOf, WorkflowGraphOf } from 'lrt-plugin/mocks';
 * import type { tasks } from '../task/index.ts';
 *
 * const graph = {
 *   name: 'Label',
 *   nodes: [{ key: 'label', task: 'label_poles', params: { design: 'design/North' } }],
 *   links: [],
 * } satisfies WorkflowGraphOf<TasksOf<typeof tasks>>;
 */
export interface WorkflowGraphOf<Tasks extends Record<keyof Tasks, { params: object }>>
  extends WorkflowGraph {
  nodes: readonly {
    [Name in keyof Tasks & string]: Omit<WorkflowNode, 'task' | 'params'> & {
      task: Name;
      params?: Partial<Tasks[Name]['params']> & Readonly<Record<string, unknown>>;
    };
  }[keyof Tasks & string][];
}
