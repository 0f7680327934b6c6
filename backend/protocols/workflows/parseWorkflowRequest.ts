import type { WorkflowGraph } from '../../../src/contract/index.ts';
import { isRecord } from '../../common/json.ts';
import { fieldProblem, invalidRequest } from '../../http/problem.ts';
import { graphOfBlueprint } from '../../workflows/blueprint/graphOfBlueprint.ts';
import { servicesOfDockerinfo } from '../../workflows/blueprint/servicesOfDockerinfo.ts';

const MAX_INPUTS = 1_000;

/** A call of `POST /workflows`, as it was checked. */
export interface WorkflowRequest {
  graph: WorkflowGraph;
  services: Record<string, string>;
}

/**
 * Reads the body of `POST /workflows`: `{ blueprint, dockerinfo, inputs }`, of which `inputs` may be left out. `knownTask` says which
 * definitions there are. Fields that this server does not know are passed over: an orchestrator of somebody else may take more.
 */
export function parseWorkflowRequest(
  fields: ReadonlyMap<string, unknown>,
  knownTask: (name: string) => boolean,
): WorkflowRequest {
  const inputs = fields.get('inputs') ?? [];
  if (!Array.isArray(inputs) || inputs.length > MAX_INPUTS || !inputs.every(isRecord)) {
    const expected = `a list of at most ${MAX_INPUTS} references { protocol, uri, format }, or left out`;
    throw invalidRequest(fieldProblem('inputs', 'wrong-type', expected));
  }
  const graph = graphOfBlueprint(fields.get('blueprint'), knownTask);
  const services = servicesOfDockerinfo(fields.get('dockerinfo'), graph);
  return { graph: inputs.length > 0 ? withInputs(graph, inputs) : graph, services };
}

/** The nodes that wait for none are given the inputs of the workflow. */
function withInputs(graph: WorkflowGraph, inputs: readonly Record<string, unknown>[]): WorkflowGraph {
  const later = new Set(graph.links.map(({ to }) => to));
  const nodes = graph.nodes.map((node) =>
    later.has(node.key) ? node : { ...node, params: { ...node.params, inputs } },
  );
  return { ...graph, nodes };
}
