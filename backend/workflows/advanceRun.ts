import type { EnqueueRequest, TaskStatus } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { Caller } from '../tasks/TaskEngine.ts';
import type { WorkflowIndex } from './graph/WorkflowIndex.ts';
import type { NodeOfRun } from './nodeKeys.ts';
import { givenTo, nodeRequest } from './nodeRequest.ts';
import type { RunParams } from './workflowParams.ts';

/** A node has so many nodes after it, and each of these so many before it. The run's own task starts the others. */
const FEW = 20;

/** A run as a worker knows it. */
export interface KnownRun {
  params: RunParams;
  index: WorkflowIndex;
}

/** An engine as a worker uses it that has finished a node. */
export interface AdvanceEngine {
  /** Undefined where there is no such run. */
  runOf(id: string): Promise<KnownRun | undefined>;
  /** The tasks of some nodes, by node. `given`: those whose results are wanted. */
  someOf(
    run: string,
    owner: string,
    nodes: readonly string[],
    given: readonly string[],
  ): Promise<ReadonlyMap<string, { status: TaskStatus; result: unknown }>>;
  results(ids: readonly string[], caller: Caller): Promise<Map<string, unknown>>;
  /** Starts the task of a node, unless it was started before or the run is over. */
  startNode(request: EnqueueRequest, caller: Caller): Promise<void>;
}

/**
 * Starts the nodes after one that has succeeded, where all others before them have succeeded too. A worker calls it after its
 * commit, so that a graph goes on without the run's own task, and without a way through the machine that has it. Where several
 * workers finish nodes at the same time, at least one sees all of them succeeded, and the node's key keeps it from starting twice.
 */
export async function advanceRun(engine: AdvanceEngine, { run, node }: NodeOfRun): Promise<void> {
  const known = await engine.runOf(run);
  if (!known) return;
  const { params, index } = known;
  const { as, services, kept = {}, only } = params;
  const wanted = only && new Set(only);
  const keptTasks = new Map(Object.entries(kept));
  const after = [...index.successorsOf(node)].filter(
    (next) => !keptTasks.has(next) && (!wanted || wanted.has(next)) && index.predecessorsOf(next).size <= FEW,
  );
  if (after.length === 0 || after.length > FEW) return;
  const before = new Set(after.flatMap((next) => [...index.predecessorsOf(next)]));
  const given = new Set(after.flatMap((next) => givenTo(index, next)));
  const isKept = (key: string) => keptTasks.has(key);
  const [states, keptResults] = await Promise.all([
    engine.someOf(
      run,
      as.owner,
      [...before].filter((key) => !isKept(key)),
      [...given].filter((key) => !isKept(key)),
    ),
    engine.results(
      [...given].flatMap((key) => keptTasks.get(key) ?? []),
      as,
    ),
  ]);
  const hasSucceeded = (key: string) => isKept(key) || states.get(key)?.status === 'succeeded';
  const resultOf = (key: string): unknown => {
    const id = keptTasks.get(key);
    if (id === undefined) return states.get(key)?.result;
    if (keptResults.has(id)) return keptResults.get(id);
    throw new TaskRefusal({ code: 'task-not-found', message: `Task "${id}" was removed` });
  };
  const ready = after.filter((next) => [...index.predecessorsOf(next)].every(hasSucceeded));
  await Promise.all(
    ready.map((next) =>
      engine.startNode(nodeRequest(index, { run, node: next }, services, resultOf).request, as),
    ),
  );
}
