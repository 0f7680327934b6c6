import {
  SERVICE_TASK,
  type WorkflowGraph,
  type WorkflowLink,
  type WorkflowNode,
} from '../../../src/contract/index.ts';
import { GraphProblems } from '../graph/GraphProblems.ts';
import {
  BLUEPRINT_TYPE,
  isEmpty,
  isEqual,
  keyOf,
  linksByNode,
  nameOf,
  type OperationName,
  OWN,
  operationOf,
  PLAIN_LINK,
  paramsOf,
  recordOf,
} from './spelling.ts';

/**
 * The blueprint of a checked graph: `graphOfBlueprint` reads the same graph from it. Fields named 'lrt' say what a blueprint cannot:
 * titles, weights, params, outputs. Throws 'invalid-params' where two nodes are the same operation of one service, which a
 * blueprint has once.
 *
 * @example
 * const text = JSON.stringify(blueprintOfGraph(graph), null, 2);
 */
export function blueprintOfGraph(graph: WorkflowGraph): Record<string, unknown> {
  return new BlueprintWriter(graph).write();
}

class BlueprintWriter {
  readonly #graph: WorkflowGraph;
  readonly #names: ReadonlyMap<string, OperationName>;
  readonly #links: ReadonlyMap<string, readonly WorkflowLink[]>;
  readonly #containers: ReadonlyMap<string, readonly WorkflowNode[]>;
  readonly #nodePlaces: ReadonlyMap<WorkflowNode, number> | undefined;
  readonly #linkPlaces: ReadonlyMap<WorkflowLink, number> | undefined;

  constructor(graph: WorkflowGraph) {
    this.#graph = graph;
    this.#names = new Map(graph.nodes.map((node) => [node.key, operationOf(node)]));
    this.#links = linksByNode(graph);
    const containers = new Map<string, WorkflowNode[]>();
    for (const node of graph.nodes) {
      const { container } = this.#nameOf(node.key);
      const nodes = containers.get(container);
      if (nodes) nodes.push(node);
      else containers.set(container, [node]);
    }
    this.#containers = containers;
    const nodes = [...containers.values()].flat();
    this.#nodePlaces = placesOf(nodes, graph.nodes);
    const links = nodes.flatMap(({ key }) => this.#links.get(key) ?? []);
    this.#linkPlaces = placesOf(links, graph.links);
  }

  write(): Record<string, unknown> {
    this.#refuseDuplicates();
    const { name, blueprint } = this.#graph;
    const { name: given, ...fields } = blueprint ?? {};
    // A name that is read as the graph's is written as it was, or left out as it was.
    const isAsGiven = blueprint !== undefined && nameOf(blueprint) === name;
    const written = isAsGiven ? given : name;
    return {
      ...(written !== undefined && { name: written }),
      ...fields,
      type: BLUEPRINT_TYPE,
      nodes: [...this.#containers].map(([container, nodes]) => ({
        container_name: container,
        ...fieldsOf(nodes[0]),
        operation_signature_list: nodes.map((node, i) => this.#operation(node, i)),
      })),
    };
  }

  #operation(node: WorkflowNode, index: number): Record<string, unknown> {
    const { operation } = this.#nameOf(node.key);
    const kept = recordOf(node.blueprint?.[OWN]);
    const fields = index === 0 ? {} : fieldsOf(node);
    const own = { ...this.#ownFields(node), ...(!isEmpty(fields) && { fields }) };
    const connectedTo = this.#connectedTo(node.key, kept.connected_to);
    return {
      operation_signature: { operation_name: operation, ...recordOf(kept.operation_signature) },
      ...(connectedTo && { connected_to: connectedTo }),
      ...recordOf(kept.operation),
      ...(!isEmpty(own) && { [OWN]: own }),
    };
  }

  /** The names of container and operation do not say this of the node. */
  #ownFields(node: WorkflowNode): Record<string, unknown> {
    const { key, task, title, params, weight } = node;
    const name = this.#nameOf(key);
    const isNamed = key === keyOf(name);
    const isPlain = isNamed && [SERVICE_TASK, name.operation, key].includes(task);
    const index = this.#nodePlaces?.get(node);
    return {
      ...(!isNamed && { key }),
      ...(!isPlain && { task }),
      ...(title !== undefined && { title }),
      ...(!isEqual(params, paramsOf(task, name)) && { params: params ?? null }),
      ...(weight !== undefined && { weight }),
      ...(index !== undefined && { index }),
    };
  }

  #connectedTo(key: string, kept: unknown): unknown[] | undefined {
    const written = (this.#links.get(key) ?? []).map((link) => this.#target(link));
    if (kept === null && written.length === 0) return undefined;
    // It is written as it was where its links are still these.
    return Array.isArray(kept) && isEqual(kept.map(plainTarget), written) ? kept : written;
  }

  #target(link: WorkflowLink): Record<string, unknown> {
    const { container, operation } = this.#nameOf(link.to);
    const { from: _, to: __, ...fields } = link;
    const index = this.#linkPlaces?.get(link);
    const own = { ...fields, ...(index !== undefined && { index }) };
    return {
      container_name: container,
      operation_signature: { operation_name: operation },
      ...(!isEqual(own, PLAIN_LINK) && { [OWN]: own }),
    };
  }

  #refuseDuplicates(): void {
    const problems = new GraphProblems();
    const seen = new Map<string, string>();
    for (const [key, { container, operation }] of this.#names) {
      const name = JSON.stringify([container, operation]);
      const other = seen.get(name);
      if (other === undefined) seen.set(name, key);
      else {
        const message = `is operation "${operation}" of "${container}", as node "${other}" is; a blueprint has it once`;
        problems.add(`nodes.${key}`, 'duplicate', message);
      }
    }
    problems.throwIfAny();
  }

  #nameOf(key: string): OperationName {
    return this.#names.get(key) ?? { container: key, operation: key };
  }
}

/** The container's fields, which its first node keeps. */
function fieldsOf(node: WorkflowNode | undefined): Record<string, unknown> {
  const { [OWN]: _, ...fields } = node?.blueprint ?? {};
  return fields;
}

/** The place of each item in the graph; undefined where the blueprint has them in the same order. */
function placesOf<Item>(
  written: readonly Item[],
  graph: readonly Item[],
): ReadonlyMap<Item, number> | undefined {
  if (written.every((item, i) => item === graph[i])) return undefined;
  return new Map(graph.map((item, i) => [item, i]));
}

/** A connection without what only other orchestrators know. */
function plainTarget(target: unknown): unknown {
  const { container_name, operation_signature, [OWN]: own } = recordOf(target);
  const { operation_name } = recordOf(operation_signature);
  return { container_name, operation_signature: { operation_name }, [OWN]: own };
}
