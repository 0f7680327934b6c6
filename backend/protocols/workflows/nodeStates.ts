import {
  isRecord,
  isTerminal,
  NODE_TAG,
  RUN_TAG,
  type TaskSnapshot,
  type WorkflowNode,
} from '../../../src/contract/index.ts';
import type { Caller, TaskEngine } from '../../tasks/TaskEngine.ts';
import { checkGraph } from '../../workflows/graph/checkGraph.ts';
import { errorOf, statusOf, timesOf } from './workflowState.ts';

/** A reference to data, as the template's services hand it on. */
interface DataReference {
  protocol: string;
  uri: string;
  format: string;
}

/** A node of a workflow, in the words of the template's orchestrator. */
export interface NodeState {
  /** The key of the node: it is there before the node has a task. */
  task_id: string;
  node_key: string;
  /** 'skipped' is ours: the workflow has ended, and the node did not run. */
  status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped';
  created_at: string;
  updated_at: string;
  error: string | null;
  input_refs: DataReference[];
  output_refs: DataReference[];
  /** The task of this server that runs the node: `GET /tasks/{id}`. Ours. */
  lrt_task_id: string | null;
}

/** A page of a list has so many tasks. */
const PAGE = 200;
/** Calls that are under way at the same time. */
const AT_ONCE = 20;
/** The answer for a larger graph has no outputs: each takes a look at a task. */
const MOST_WITH_OUTPUTS = 200;

/** Says how the nodes of a run stand, in the order of its graph. */
export async function nodeStates(
  engine: TaskEngine,
  run: TaskSnapshot,
  caller: Caller,
  basePath: string,
): Promise<NodeState[]> {
  const { nodes } = checkGraph(run.params.graph);
  const tasks = await tasksOf(engine, run, caller);
  const failures = await failuresOf(engine, run, caller, tasks);
  const ended = [...tasks.values()].filter(({ status }) => status === 'succeeded');
  const shown = nodes.length <= MOST_WITH_OUTPUTS ? ended : [];
  const outputs = new Map<string, DataReference>();
  for (let from = 0; from < shown.length; from += AT_ONCE) {
    await Promise.all(
      shown.slice(from, from + AT_ONCE).map(async ({ id }) => {
        const task = await engine.get(id, caller);
        if (task) outputs.set(id, outputOf(task, basePath));
      }),
    );
  }
  return nodes.map((node) => {
    const task = tasks.get(node.key);
    const output = outputs.get(task?.id ?? '');
    return nodeState(node, run, task, failures.get(node.key), output);
  });
}

/** Says how one node stands. Undefined where the run has no node of this key or with this task. */
export async function nodeStateOf(
  engine: TaskEngine,
  run: TaskSnapshot,
  id: string,
  caller: Caller,
  basePath: string,
): Promise<NodeState | undefined> {
  const { nodes } = checkGraph(run.params.graph);
  const tasks = await tasksOf(engine, run, caller);
  const node = nodes.find(({ key }) => key === id) ?? nodes.find(({ key }) => tasks.get(key)?.id === id);
  if (!node) return undefined;
  const failures = await failuresOf(engine, run, caller, tasks);
  const listed = tasks.get(node.key);
  const task = listed && ((await engine.get(listed.id, caller)) ?? listed);
  const output = task?.status === 'succeeded' ? outputOf(task, basePath) : undefined;
  return nodeState(node, run, task, failures.get(node.key), output);
}

function nodeState(
  { key, params }: WorkflowNode,
  run: TaskSnapshot,
  task: TaskSnapshot | undefined,
  failure: string | undefined,
  output: DataReference | undefined,
): NodeState {
  const without = failure !== undefined ? 'failed' : isTerminal(run.status) ? 'skipped' : 'pending';
  return {
    task_id: key,
    node_key: key,
    status: task ? statusOf(task) : without,
    ...timesOf(task ?? run),
    error: task ? errorOf(task, 'The task') : (failure ?? null),
    input_refs: referencesIn((task?.params ?? params)?.inputs),
    output_refs: output ? [output] : [],
    lrt_task_id: task?.id ?? null,
  };
}

/** The tasks of a run's nodes by node, those that it kept of earlier runs included. They have no results. */
async function tasksOf(
  engine: TaskEngine,
  { id, owner, params }: TaskSnapshot,
  caller: Caller,
): Promise<Map<string, TaskSnapshot>> {
  const found = new Map<string, TaskSnapshot>();
  let cursor: string | undefined;
  do {
    const query = { tag: `${RUN_TAG}${id}`, limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const page = await engine.list(query, caller);
    for (const task of page.tasks) {
      const node = task.tags.find((tag) => tag.startsWith(NODE_TAG))?.slice(NODE_TAG.length);
      // Anybody may give a task of their own such tags. The oldest is the run's: a run begins before its id is known.
      if (node !== undefined && task.owner === owner) found.set(node, task);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const kept = isRecord(params.kept) ? Object.entries(params.kept) : [];
  for (let from = 0; from < kept.length; from += AT_ONCE) {
    await Promise.all(
      kept.slice(from, from + AT_ONCE).map(async ([node, taskId]) => {
        const task = typeof taskId === 'string' ? await engine.get(taskId, caller) : undefined;
        if (task) found.set(node, task);
      }),
    );
  }
  return found;
}

/** Why nodes failed that have no task: their params were refused. */
async function failuresOf(
  engine: TaskEngine,
  { id, items }: TaskSnapshot,
  caller: Caller,
  tasks: ReadonlyMap<string, TaskSnapshot>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!items || items.failed === 0) return found;
  const page = await engine.items(id, { ok: false, limit: 1_000 }, caller);
  for (const item of page.items) {
    if (!item.ok && !tasks.has(item.id)) found.set(item.id, item.message);
  }
  return found;
}

/** A result that is a reference is passed on. Any other is at the address of its task. */
function outputOf({ id, result }: TaskSnapshot, basePath: string): DataReference {
  return asReference(result) ?? { protocol: 'lrt', uri: `${basePath}/tasks/${id}`, format: 'json' };
}

function referencesIn(inputs: unknown): DataReference[] {
  return Array.isArray(inputs) ? inputs.flatMap((input) => asReference(input) ?? []) : [];
}

function asReference(value: unknown): DataReference | undefined {
  if (!isRecord(value)) return undefined;
  const { protocol, uri, format } = value;
  return typeof protocol === 'string' && typeof uri === 'string' && typeof format === 'string'
    ? { protocol, uri, format }
    : undefined;
}
