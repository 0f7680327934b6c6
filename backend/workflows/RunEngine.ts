import type { EnqueueRequest, TaskError, TaskSnapshot, TaskStatus } from '../../src/contract/index.ts';
import type { TaskDefinition } from '../tasks/defineTask.ts';
import type { Caller, TaskEngine } from '../tasks/TaskEngine.ts';

/** The task of a node, as far as its run wants to know. */
export interface NodeTask {
  id: string;
  /** The node's key. */
  node: string;
  status: TaskStatus;
  error?: TaskError | undefined;
  /** The owner name of the caller who cancelled it. */
  cancelledBy?: string | undefined;
}

/** An engine as runs of workflows use it. */
export interface RunEngine<Work extends object = object>
  extends Pick<TaskEngine, 'count' | 'get' | 'events'> {
  /** The definitions that a node may name. */
  readonly definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
  /** The tasks of a run's nodes that were started. */
  nodesOf(run: string): Promise<NodeTask[]>;
  /**
   * Starts the task of a node, or gives the one that was started before. Undefined: the run has ended or is to be cancelled,
   * so nothing was started. The request has the node's idempotency key.
   */
  startNode(
    request: EnqueueRequest,
    caller: Caller,
  ): Promise<Pick<TaskSnapshot, 'id' | 'status'> | undefined>;
  /** The task of a node that somebody else has started: a worker that finished the node before. */
  startedNode?(
    run: string,
    node: string,
    caller: Caller,
  ): Promise<Pick<TaskSnapshot, 'id' | 'status'> | undefined>;
  /** The results of these tasks, by id, of those that have succeeded and are still there. */
  results(ids: readonly string[], caller: Caller): Promise<Map<string, unknown>>;
  /** Sees to it that no node's task of the run goes on. Resolves once that is recorded of each. */
  cancelNodes(run: string): Promise<void>;
}
