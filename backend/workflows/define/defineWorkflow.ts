import type { WorkflowGraph } from '../../../src/contract/index.ts';
import { isTaskRefusal } from '../../common/TaskRefusal.ts';
import { checkGraph } from '../graph/checkGraph.ts';
import type { CheckedLink, CheckedNode, LinkDraft, NodesDraft } from './linkTypes.ts';

/** A workflow as an author writes it. */
export interface WorkflowDraft<Nodes extends NodesDraft, Links extends readonly LinkDraft[]> {
  /** For people. */
  name: string;
  /** By key. */
  nodes: Nodes & { [Key in keyof Nodes]: CheckedNode<Nodes, Links, Key> };
  links?: Links & { [Index in keyof Links]: CheckedLink<Nodes, Links[Index]> };
}

/**
 * Makes the graph of a workflow from task definitions. It knows what each node takes and gives: an output or an input that is not
 * there, or one whose types do not fit, does not compile, and neither does a node that lacks a parameter. Throws a TypeError
 * that names the workflow and the node or link where the graph is wrong: cycles, an input that two links fill.
 *
 * @example
 * const workflow = defineWorkflow({
 *   name: 'Connect an area',
 *   nodes: {
 *     area: { task: chooseArea, params: { design: 'design/FTTH-North' } },
 *     plan: { task: planArea, weight: 5 },
 *   },
 *   links: [{ from: 'area', output: 'addresses', to: 'plan', input: 'addresses' }],
 * });
 * await client.enqueueTask('workflow', { graph: workflow });
 */
export function defineWorkflow<
  const Nodes extends NodesDraft,
  const Links extends readonly LinkDraft<keyof Nodes & string>[] = [],
>(draft: WorkflowDraft<Nodes, Links>): WorkflowGraph {
  const { name, nodes, links = [] } = draft;
  const listed = Object.entries<NodesDraft[string]>(nodes ?? {}).map(([key, node]) => ({
    ...node,
    key,
    task: typeof node?.task === 'string' ? node.task : node?.task?.name,
  }));
  try {
    return checkGraph({ name, nodes: listed, links });
  } catch (error) {
    if (!isTaskRefusal(error)) throw error;
    const problems = error.error.parameters?.map(({ message }) => message) ?? [error.message];
    throw new TypeError(`defineWorkflow(${JSON.stringify(name) ?? '?'}): ${problems.join('; ')}`);
  }
}
