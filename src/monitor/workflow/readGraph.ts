/** Reads the graph of a workflow from a run's parameters, which a server or a host's own client may fill with anything. */
import {
  isRecord,
  MAX_WORKFLOW_LINKS,
  MAX_WORKFLOW_NODES,
  type WorkflowGraph,
  type WorkflowLink,
  type WorkflowNode,
} from '../../contract/index.ts';

/** A longer text is cut: a node has one line for it. In UTF-16 units. */
const MAX_TEXT = 200;

/**
 * The nodes and links that can be drawn. Links that lead nowhere, and a key that comes again, are left out. Undefined where there
 * is no graph with a node: a list leaves the nodes of a run out.
 */
export function readGraph(value: unknown): WorkflowGraph | undefined {
  if (!isRecord(value) || !Array.isArray(value.nodes)) return undefined;
  const nodes = new Map<string, WorkflowNode>();
  for (const given of value.nodes.slice(0, MAX_WORKFLOW_NODES)) {
    const node = readNode(given);
    if (node && !nodes.has(node.key)) nodes.set(node.key, node);
  }
  if (nodes.size === 0) return undefined;
  const listed: unknown[] = Array.isArray(value.links) ? value.links : [];
  const links = listed
    .slice(0, MAX_WORKFLOW_LINKS)
    .flatMap((given) => readLink(given) ?? [])
    .filter(({ from, to }) => nodes.has(from) && nodes.has(to));
  return { name: text(value.name), nodes: [...nodes.values()], links };
}

function readNode(value: unknown): WorkflowNode | undefined {
  if (!isRecord(value) || typeof value.key !== 'string' || value.key === '') return undefined;
  const { title, params, weight } = value;
  return {
    key: value.key,
    task: text(value.task),
    ...(typeof title === 'string' && title.trim() !== '' && { title: text(title) }),
    ...(isRecord(params) && { params }),
    ...(typeof weight === 'number' && weight > 0 && { weight }),
  };
}

function readLink(value: unknown): WorkflowLink | undefined {
  if (!isRecord(value) || typeof value.from !== 'string' || typeof value.to !== 'string') return undefined;
  const { from, to, output, input, append } = value;
  return {
    from,
    to,
    ...(typeof output === 'string' && { output }),
    ...(typeof input === 'string' && { input }),
    ...(append === true && { append }),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '');

/** A node is called by its title, and else by its key. */
export const nameOf = ({ title, key }: Pick<WorkflowNode, 'title' | 'key'>): string => title ?? key;
