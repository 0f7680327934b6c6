import { isRecord, MAX_WORKFLOW_NODES, type WorkflowGraph } from '../../../src/contract/index.ts';
import { isTaskRefusal } from '../../common/TaskRefusal.ts';
import { checkGraph } from '../graph/checkGraph.ts';
import { GraphProblems } from '../graph/GraphProblems.ts';
import { JsonCopy } from '../graph/JsonCopy.ts';
import { BlueprintReader } from './BlueprintReader.ts';
import { BLUEPRINT_TYPE } from './spelling.ts';

/** As many characters of JSON. A request has fewer. */
const MAX_SIZE = 2_000_000;

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
  const copy = readRecord(blueprint, problems);
  problems.throwIfAny();
  if (copy.type !== BLUEPRINT_TYPE) problems.mustBe('type', `"${BLUEPRINT_TYPE}"`, copy.type);
  const graph = new BlueprintReader(problems, knownTask).read(copy);
  problems.throwIfAny();
  return checkGraph(graph);
}

/** A copy that has no getters. */
function readRecord(value: unknown, problems: GraphProblems): Record<string, unknown> {
  if (!isRecord(value)) {
    problems.mustBe('', 'an object', value);
    return {};
  }
  try {
    const { nodes } = value;
    if (Array.isArray(nodes) && nodes.length > MAX_WORKFLOW_NODES) {
      problems.add(
        'nodes',
        'out-of-range',
        `has ${nodes.length}; a workflow has 1 to ${MAX_WORKFLOW_NODES} of them`,
      );
      return {};
    }
    return new JsonCopy(MAX_SIZE).record(value);
  } catch (error) {
    if (isTaskRefusal(error)) throw error;
    problems.add(
      '',
      'not-allowed',
      error instanceof TypeError ? error.message : 'cannot be read: it must be JSON',
    );
    return {};
  }
}
