import type { WorkflowGraph } from '../../../src/contract/index.ts';
import { checkGraph } from '../graph/checkGraph.ts';
import { GraphProblems } from '../graph/GraphProblems.ts';
import { BlueprintReader } from './BlueprintReader.ts';
import { readJson } from './readJson.ts';
import { BLUEPRINT_TYPE } from './spelling.ts';

/**
 * The graph of a blueprint of the concurrent service template: each operation of a container is a node "container:operation", and an
 * operation adds its output to the inputs of all that it is connected to. A node runs the definition of this server that has such a
 * name, or else asks the container's service. `knownTask` says which definitions there are. The graph keeps what else a blueprint has, and
 * `blueprintOfGraph` writes it again. Throws 'invalid-params' whose parameters name the container and the operation.
 *
 * @example
 * const graph = graphOfBlueprint(body.blueprint, (name) => definitions.has(name));
 */
export function graphOfBlueprint(blueprint: unknown, knownTask: (name: string) => boolean): WorkflowGraph {
  const problems = new GraphProblems('blueprint');
  const copy = readJson(blueprint, 'blueprint', 'nodes');
  if (copy.type !== BLUEPRINT_TYPE) problems.mustBe('type', `"${BLUEPRINT_TYPE}"`, copy.type);
  const graph = new BlueprintReader(problems, knownTask).read(copy);
  problems.throwIfAny();
  return checkGraph(graph);
}
