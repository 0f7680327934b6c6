import {
  isRecord,
  type TaskSnapshot,
  WORKFLOW_TASK,
  type WorkflowGraph,
  type WorkflowParams,
} from '../../src/contract/index.ts';
import { boundText } from '../common/boundText.ts';
import type { StandardSchemaV1 } from '../tasks/standardSchema.ts';
import type { Caller } from '../tasks/TaskEngine.ts';
import { invalidParams } from '../tasks/validateParams.ts';
import { checkGraph } from './graph/checkGraph.ts';

/** Runs have a queue of their own: they wait for their nodes, and must not take the places of these. */
export const WORKFLOW_QUEUE = 'lrt-workflow';

/** The params of a run as its engine keeps them. */
export interface RunParams extends WorkflowParams {
  /** The caller as whom its nodes are started. The engine writes it. */
  as: Caller;
}

const KNOWN = ['graph', 'services', 'kept', 'only'];

/**
 * The params of a new run. Throws 'invalid-params' for one that callers do not set. The values are checked by WORKFLOW_SCHEMA,
 * as the params of any task are.
 */
export function runParams(params: unknown, { owner, admin, permissions }: Caller): Record<string, unknown> {
  if (!isRecord(params)) throw refused('params', 'wrong-type', 'must be an object such as { graph: {...} }');
  const unknown = Object.keys(params).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw refused(
      boundText(unknown, 100),
      'unknown',
      `is no parameter of a workflow; it has ${KNOWN.join(', ')}`,
    );
  }
  const as = {
    owner,
    ...(admin && { admin }),
    ...(permissions?.length && { permissions: [...permissions] }),
  };
  return { ...params, as };
}

/** Checks the params as a whole, of a new run and of one that an engine kept. */
export const WORKFLOW_SCHEMA: StandardSchemaV1<RunParams> = {
  '~standard': { version: 1, vendor: 'lrt', validate: (value) => ({ value: parsed(value) }) },
};

function parsed(value: unknown): RunParams {
  if (!isRecord(value)) throw refused('params', 'wrong-type', 'must be an object');
  const { services, kept, only, as } = value;
  const graph = checkGraph(value.graph);
  if (!isRecord(as) || typeof as.owner !== 'string')
    throw refused('as', 'missing', 'is missing; the engine writes it');
  const { owner, admin, permissions } = as;
  return {
    graph,
    as: {
      owner,
      ...(admin === true && { admin }),
      ...(Array.isArray(permissions) && { permissions: permissions.map(String) }),
    },
    ...(services !== undefined && { services: textsByName('services', services) }),
    ...(kept !== undefined && { kept: textsByName('kept', kept, graph) }),
    ...(only !== undefined && { only: keysOf('only', only, graph) }),
  };
}

/** At most one for each node, so their number is bounded. */
const MAX_SERVICES = 2_000;
const MAX_TEXT = 2_000;

function textsByName(field: string, value: unknown, graph?: WorkflowGraph): Record<string, string> {
  if (!isRecord(value)) throw refused(field, 'wrong-type', 'must be an object of texts by name');
  const entries = Object.entries(value);
  if (entries.length > MAX_SERVICES)
    throw refused(field, 'too-many', `has more than ${MAX_SERVICES} entries`);
  if (graph) keysOf(field, Object.keys(value), graph);
  return Object.fromEntries(
    entries.map(([name, text]) => {
      if (typeof text === 'string' && text.length > 0 && text.length <= MAX_TEXT) return [name, text];
      throw refused(
        `${field}.${boundText(name, 100)}`,
        'wrong-type',
        `must be text of 1 to ${MAX_TEXT} characters`,
      );
    }),
  );
}

/** Keys of nodes, each of which the graph has. */
export function keysOf(field: string, value: unknown, { nodes }: WorkflowGraph): string[] {
  const known = new Set(nodes.map(({ key }) => key));
  if (!Array.isArray(value) || value.length === 0 || value.length > nodes.length)
    throw refused(field, 'wrong-type', `must be a list of 1 to ${nodes.length} nodes of the graph`);
  return [...new Set(value)].map((key: unknown) => {
    if (typeof key === 'string' && known.has(key)) return key;
    throw refused(
      field,
      'not-found',
      `names node "${boundText(String(key), 100)}", which the graph does not have`,
    );
  });
}

function refused(parameter: string, code: string, message: string) {
  return invalidParams(WORKFLOW_TASK, [{ parameter, code, message: `"${parameter}" ${message}` }]);
}

/** The run's task, whose params are known to be a run's. */
export function paramsOfRun({ params }: Pick<TaskSnapshot, 'params'>): RunParams {
  return parsed(params);
}
