// A workflow: a graph of tasks that one task runs.

/** The name of the task that runs a workflow, in lists. Its params are `WorkflowParams`. */
export const WORKFLOW_TASK = 'workflow';

/**
 * A graph of tasks. A node starts when all nodes that link to it have succeeded; nodes that do not depend on each other run side
 * by side. It is data: it is checked as a whole before anything runs, and drawn before it runs.
 *
 * @example
 * const graph: WorkflowGraph = {
 *   name: 'Connect an area',
 *   nodes: [{ key: 'area', task: 'choose_area', params: { design: 'FTTH-North' } }, { key: 'plan', task: 'plan_area' }],
 *   links: [{ from: 'area', output: 'addresses', to: 'plan', input: 'addresses' }],
 * };
 */
export interface WorkflowGraph {
  /** For people. 1 to 200 characters. */
  name: string;
  /** 1 to MAX_WORKFLOW_NODES. */
  nodes: readonly WorkflowNode[];
  /** At most MAX_WORKFLOW_LINKS. */
  links: readonly WorkflowLink[];
  /** It keeps what a blueprint has beyond its nodes ('pipeline_id', 'creation_date', ...), so that it can be written again as it was. */
  blueprint?: Readonly<Record<string, unknown>>;
}

/** One task of a workflow. */
export interface WorkflowNode {
  /** Unique in the graph: 1 to 95 characters. 'plan', or 'container:operation' where it comes from a blueprint. */
  key: string;
  /** The name of the definition that it runs, or SERVICE_TASK. */
  task: string;
  /** For people; default: the key. */
  title?: string;
  /** Params that no link fills. */
  params?: Readonly<Record<string, unknown>>;
  /** Its part of the whole's progress beside the other nodes', above 0. Default 1. */
  weight?: number;
  /** It keeps what a blueprint has of the node beyond this ('proto_uri', 'image', ...). */
  blueprint?: Readonly<Record<string, unknown>>;
}

/**
 * `to` starts after `from` has succeeded. With `input` it is also given what came out of `from`: its result, or the property
 * `output` of it. Two links cannot fill the same input, except where both have `append`.
 */
export interface WorkflowLink {
  from: string;
  to: string;
  /** A property of the result of `from`. Left out: the whole result. Only with `input`. */
  output?: string;
  /** The parameter of `to` that is filled. Left out: the link is an order and nothing else. */
  input?: string;
  /** True: the parameter is a list, and each such link adds to its end, in the order of the links. */
  append?: true;
}

export const MAX_WORKFLOW_NODES = 2_000;
export const MAX_WORKFLOW_LINKS = 20_000;

/**
 * The name of the task that asks a service of a blueprint to do something: see docs/control.md for what it speaks. Its params are
 * `{ service, operation, inputs?, parameters? }`; `service` is a name in `WorkflowParams.services`.
 */
export const SERVICE_TASK = 'service_operation';

/** The params of a run of a workflow: `enqueueTask(WORKFLOW_TASK, { graph })` starts one. */
export interface WorkflowParams {
  graph: WorkflowGraph;
  /** Addresses of the services that nodes name: `{ 'my-service': 'http://localhost:8080' }`. The server calls allowed hosts only. */
  services?: Readonly<Record<string, string>>;
  /** Tasks of an earlier run whose results are used in place of running these nodes, by node. The server writes it at a retry. */
  kept?: Readonly<Record<string, string>>;
  /** Nodes that run. Left out: all that are not kept. The run skips a node that is in neither list. */
  only?: readonly string[];
}

/**
 * It selects the nodes of a workflow that a retry runs. The others are kept where they have succeeded.
 * - `from`: these nodes and all that come after them, beside what has not succeeded.
 * - `only`: these nodes and no others. Refused where one of them needs a node that has not succeeded.
 */
export type NodesToRetry = { from: readonly string[] } | { only: readonly string[] };

/** The tag of all tasks of a run: its id follows. The nodes' tasks belong to the run's owner and are listed like any task. */
export const RUN_TAG = 'run:';
/** The tag of a node's task that says which node it is: the node's key follows. */
export const NODE_TAG = 'node:';

/** The result of a run: the task of each node that ran or was kept, by key. Their results are read from those tasks. */
export interface WorkflowResult {
  tasks: Readonly<Record<string, string>>;
}
