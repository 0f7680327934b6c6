import {
  type EnqueueRequest,
  isTerminal,
  type NodesToRetry,
  type RetryRequest,
  type TaskSnapshot,
} from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { Caller } from '../tasks/TaskEngine.ts';
import { refusals } from '../tasks/taskErrors.ts';
import { WorkflowIndex } from './graph/WorkflowIndex.ts';
import type { RunEngine } from './RunEngine.ts';
import { keysOf, paramsOfRun, type RunParams } from './workflowParams.ts';

/** Calls that are under way at the same time. */
const AT_ONCE = 20;

/**
 * The request that starts a workflow again, for its owner, whoever asks for it. Rejects with 'not-retryable' where it cannot be
 * met, and with 'invalid-params' where it names a node that the graph does not have.
 */
export async function retryOfRun(
  run: TaskSnapshot,
  request: RetryRequest,
  caller: Caller,
  engine: Pick<RunEngine, 'nodesOf' | 'get'>,
): Promise<EnqueueRequest> {
  const { name, tags } = run;
  const { idempotencyKey } = request;
  const params = await paramsOf(run, request, caller, engine);
  return { name, params, tags, ...(idempotencyKey !== undefined && { idempotencyKey }) };
}

async function paramsOf(
  run: TaskSnapshot,
  request: RetryRequest,
  caller: Caller,
  engine: Pick<RunEngine, 'nodesOf' | 'get'>,
): Promise<Record<string, unknown>> {
  if (!isTerminal(run.status)) throw refusals.notRetryable(run.id, run.status);
  const { items, nodes } = request;
  if (items !== undefined && nodes !== undefined) {
    throw refused(run, 'it was asked for the failed items and for certain nodes; ask for one of them');
  }
  const params = paramsOfRun(run);
  const { graph, services } = params;
  const as = rightsOf(run.owner, caller);
  const again = { graph, ...(services && { services }), as };
  if (items === undefined && nodes === undefined) return again;
  const index = new WorkflowIndex(graph);
  const succeeded = await succeededIn(run.id, params, as, engine);
  const isKept = keptBy(index, succeeded, nodes, run);
  const kept = Object.fromEntries([...succeeded].filter(([key]) => isKept(key)));
  const only = nodes && 'only' in nodes ? [...new Set(nodes.only)] : undefined;
  return { ...again, ...(Object.keys(kept).length > 0 && { kept }), ...(only && { only }) };
}

/** True for a node whose result is kept, of those that have succeeded. */
function keptBy(
  index: WorkflowIndex,
  succeeded: ReadonlyMap<string, string>,
  nodes: NodesToRetry | undefined,
  run: TaskSnapshot,
): (key: string) => boolean {
  if (!nodes) {
    if (succeeded.size === index.keys.length) throw refused(run, 'all of its nodes have succeeded');
    // A node after one that runs again must not keep what it made of the old result.
    const again = index.withAllAfter(index.keys.filter((key) => !succeeded.has(key)));
    return (key) => !again.has(key);
  }
  if ('from' in nodes) {
    const first = keysOf('nodes.from', nodes.from, index.graph);
    const open = index.keys.filter((key) => !succeeded.has(key));
    const again = index.withAllAfter([...first, ...open]);
    return (key) => !again.has(key);
  }
  const only = new Set(keysOf('nodes.only', nodes.only, index.graph));
  for (const key of only) {
    const missing = [...index.predecessorsOf(key)].find((from) => !only.has(from) && !succeeded.has(from));
    if (missing !== undefined) {
      throw refused(
        run,
        `node "${key}" needs node "${missing}", which has not succeeded; retry from "${missing}"`,
        {
          node: key,
          needs: missing,
        },
      );
    }
  }
  return (key) => !only.has(key);
}

/** The tasks of the nodes that have succeeded in the run, or had been kept by it, by node. */
async function succeededIn(
  run: string,
  { kept = {} }: RunParams,
  as: Caller,
  engine: Pick<RunEngine, 'nodesOf' | 'get'>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const before = Object.entries(kept);
  for (let from = 0; from < before.length; from += AT_ONCE) {
    const some = before.slice(from, from + AT_ONCE);
    const tasks = await Promise.all(some.map(([, id]) => engine.get(id, as)));
    for (const [i, [key, id]] of some.entries()) {
      if (tasks[i]?.status === 'succeeded') found.set(key, id);
    }
  }
  for (const { node, id, status } of await engine.nodesOf(run)) {
    if (status === 'succeeded') found.set(node, id);
  }
  return found;
}

/** A run has the rights of whoever starts it, and nobody lends theirs to its owner. */
function rightsOf(owner: string, caller: Caller): Caller {
  if (owner !== caller.owner) return { owner };
  const { admin, permissions } = caller;
  return { owner, ...(admin && { admin }), ...(permissions?.length && { permissions: [...permissions] }) };
}

function refused({ id }: TaskSnapshot, reason: string, details: Record<string, unknown> = {}): TaskRefusal {
  const message = `The nodes of workflow "${id}" cannot be retried: ${reason}`;
  return new TaskRefusal({ code: 'not-retryable', message, details });
}
