import type { WorkflowGraph, WorkflowLink } from '../../../src/contract/index.ts';
import { isTaskRefusal } from '../../common/TaskRefusal.ts';
import { findCycle } from './findCycle.ts';
import { GraphProblems } from './GraphProblems.ts';
import { readGraph } from './readGraph.ts';

/** A message names so many nodes of a cycle. */
const NAMED = 10;

/**
 * Checks a graph as a whole, and gives a copy that nobody else can change. Throws 'invalid-params' whose parameters name each node
 * and link that is wrong, and how: no other error, whatever the value is. It takes time in proportion to the graph.
 *
 * @example
 * const graph = checkGraph(params.graph);
 */
export function checkGraph(value: unknown): WorkflowGraph {
  let graph: WorkflowGraph;
  try {
    graph = readGraph(value);
  } catch (error) {
    if (isTaskRefusal(error)) throw error;
    // A getter of the value threw, or a proxy.
    const problems = new GraphProblems();
    problems.add('', 'not-allowed', 'cannot be read: it must be JSON');
    problems.throwIfAny();
    throw error;
  }
  const problems = new GraphProblems();
  checkKeys(graph, problems);
  problems.throwIfAny();
  checkLinks(graph, problems);
  problems.throwIfAny();
  const cycle = findCycle(graph);
  if (cycle) {
    const shown = cycle.slice(0, NAMED).map((key) => `"${key}"`);
    const left = cycle.length - shown.length;
    const way = [...shown, ...(left > 0 ? [`${left} more`] : []), shown[0]].join(' -> ');
    problems.add(
      `nodes.${cycle[0]}`,
      'cycle',
      `waits for itself: ${way}; take one of the links between them away`,
    );
    problems.throwIfAny();
  }
  return graph;
}

function checkKeys({ nodes }: WorkflowGraph, problems: GraphProblems): void {
  const seen = new Map<string, number>();
  for (const [index, { key }] of nodes.entries()) {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, index);
    else {
      const message = `is there twice, as node ${before} and as node ${index}; give one of them another key`;
      problems.add(`nodes.${key}`, 'duplicate', message);
    }
  }
}

function checkLinks({ nodes, links }: WorkflowGraph, problems: GraphProblems): void {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  /** By node and input: the link that fills it. */
  const filled = new Map<string, Map<string, { link: WorkflowLink; index: number }>>();
  for (const [index, link] of links.entries()) {
    if (problems.isFull) return;
    const { from, to, input } = link;
    const at = `links.${index}`;
    for (const [end, key] of [
      ['from', from],
      ['to', to],
    ] as const) {
      if (!byKey.has(key))
        problems.add(`${at}.${end}`, 'not-found', `names node "${key}", which is not there`);
    }
    if (from === to) problems.add(at, 'cycle', `links node "${from}" to itself`);
    const node = byKey.get(to);
    if (input === undefined || !node) continue;
    const inputs = filled.get(to) ?? new Map<string, { link: WorkflowLink; index: number }>();
    filled.set(to, inputs);
    const earlier = inputs.get(input);
    if (!earlier) inputs.set(input, { link, index });
    else if (!(earlier.link.append && link.append)) {
      const message = `fills "${input}" of node "${to}", as link ${earlier.index} does; only links that all have "append" can share one`;
      problems.add(at, 'duplicate', message);
    }
    const given = node.params !== undefined && Object.hasOwn(node.params, input) ? [node.params[input]] : [];
    if (given.length > 0 && !(link.append && Array.isArray(given[0]))) {
      const fix = link.append ? 'which is no list to add to' : 'so it has no place; take one of them away';
      problems.add(
        at,
        'duplicate',
        `fills "${input}" of node "${to}", whose params have that already, ${fix}`,
      );
    }
  }
}
