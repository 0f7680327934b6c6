/** Says how each node of a workflow stands, from the tasks of its run. */

import type { ConnectionState } from '../../client/SystemClient.ts';
import { type ItemFailure, isTerminal, type TaskError, type TaskSnapshot } from '../../contract/index.ts';
import { type ShownState, stateOf } from '../../parts/stateOf.ts';
import type { GraphIndex } from './graphIndex.ts';
import { nameOf } from './readGraph.ts';

/**
 * A node is shown in one of the states of a task, or:
 * - `waiting`: nodes before it have not ended, so it has no task yet.
 * - `not-started`: the graph does not run.
 */
export type NodeStatus = ShownState | 'waiting' | 'not-started';

/** Why a node has no task that runs. The names are those of nodes. */
export type NodeReason =
  | { kind: 'waits-for'; names: readonly string[] }
  /** A node before it failed or was cancelled. */
  | { kind: 'skipped-by'; name: string; how: 'failed' | 'cancelled' }
  /** The user has selected other nodes for this run. */
  | { kind: 'not-selected' }
  | { kind: 'run-ended' };

/** So many names say what a node waits for; it may be a thousand others. */
const MOST_NAMES = 10;

export interface NodeState {
  key: string;
  name: string;
  status: NodeStatus;
  /** Absent while the node has none, and of an earlier run's task until it was read. */
  task?: TaskSnapshot | undefined;
  /** The id of the task. */
  taskId?: string | undefined;
  /** The result is that of an earlier run. */
  isKept: boolean;
  reason?: NodeReason | undefined;
  /** The server refused the node's task, or it failed. */
  error?: TaskError | undefined;
}

export interface NodeSources {
  index: GraphIndex;
  /** The task of the run. Undefined: nothing runs. */
  run: TaskSnapshot | undefined;
  /** The newest task of each node, by its key. */
  tasks: ReadonlyMap<string, TaskSnapshot>;
  /** The ids of the tasks of earlier runs whose results are used, by the node's key. */
  kept: ReadonlyMap<string, string>;
  /** These tasks, as far as they were read, by their ids. */
  keptTasks: ReadonlyMap<string, TaskSnapshot>;
  /** Only these nodes run. Undefined: all that are not kept. */
  only: ReadonlySet<string> | undefined;
  connection: ConnectionState | undefined;
}

/** By key, in an order in which each node comes after those that it waits for. */
export function nodeStates(sources: NodeSources): Map<string, NodeState> {
  const failures = new Map(sources.run?.items?.failures.map((failure) => [failure.id, failure]));
  const states = new Map<string, NodeState>();
  for (const key of sources.index.order) states.set(key, stateOfNode(key, sources, states, failures));
  return states;
}

function stateOfNode(
  key: string,
  sources: NodeSources,
  states: ReadonlyMap<string, NodeState>,
  failures: ReadonlyMap<string, ItemFailure>,
): NodeState {
  const { index, run, tasks, kept, only } = sources;
  const name = nameOf(index.nodes.get(key) ?? { key });
  const base = { key, name, isKept: false };
  if (!run) return { ...base, status: 'not-started' };
  const task = tasks.get(key);
  if (task) {
    return {
      ...base,
      status: stateOf(task, sources.connection),
      task,
      taskId: task.id,
      ...(task.error && { error: task.error }),
    };
  }
  const keptId = kept.get(key);
  if (keptId !== undefined) {
    const keptTask = sources.keptTasks.get(keptId);
    return { ...base, isKept: true, status: 'succeeded', task: keptTask, taskId: keptId };
  }
  const failure = failures.get(key);
  // The run reports a node that it has skipped as well: how it was skipped follows from the nodes before it.
  if (failure && failure.code !== 'skipped') {
    const { code, message } = failure;
    return code === 'cancelled'
      ? { ...base, status: 'cancelled' }
      : { ...base, status: 'failed', error: { code, message } };
  }
  if (only && !only.has(key)) return { ...base, status: 'skipped', reason: { kind: 'not-selected' } };
  const before = [...new Set(index.into.get(key)?.map(({ from }) => from))];
  for (const from of before) {
    const earlier = states.get(from);
    if (!earlier) continue;
    if (earlier.status === 'failed' || earlier.status === 'cancelled') {
      return {
        ...base,
        status: 'skipped',
        reason: { kind: 'skipped-by', name: earlier.name, how: earlier.status },
      };
    }
    if (earlier.status === 'skipped') return { ...base, status: 'skipped', reason: earlier.reason };
  }
  if (isTerminal(run.status)) return { ...base, status: 'skipped', reason: { kind: 'run-ended' } };
  const awaited = before.flatMap((from) => {
    const earlier = states.get(from);
    return earlier && !hasSucceeded(earlier) ? [earlier.name] : [];
  });
  return { ...base, status: 'waiting', reason: { kind: 'waits-for', names: awaited.slice(0, MOST_NAMES) } };
}

export const hasSucceeded = ({ status }: Pick<NodeState, 'status'>): boolean =>
  status === 'succeeded' || status === 'partly-succeeded';

const RUNNING: ReadonlySet<NodeStatus> = new Set(['running', 'reconnecting', 'cancelling']);

export const isRunning = ({ status }: Pick<NodeState, 'status'>): boolean => RUNNING.has(status);

/** True if the two say the same, so that nothing has to be drawn again. */
export function isSameState(one: NodeState | undefined, other: NodeState): boolean {
  return (
    one !== undefined &&
    one.status === other.status &&
    one.task === other.task &&
    one.isKept === other.isKept &&
    one.error?.message === other.error?.message &&
    JSON.stringify(one.reason) === JSON.stringify(other.reason)
  );
}

/** Counts the nodes of a run by how they stand. */
export interface RunCounts {
  total: number;
  done: number;
  failed: number;
  running: number;
}

export function countNodes(states: Iterable<NodeState>): RunCounts {
  const counts = { total: 0, done: 0, failed: 0, running: 0 };
  for (const state of states) {
    counts.total += 1;
    if (hasSucceeded(state)) counts.done += 1;
    else if (state.status === 'failed') counts.failed += 1;
    else if (isRunning(state)) counts.running += 1;
  }
  return counts;
}
