import {
  isRecord,
  SERVICE_TASK,
  type WorkflowGraph,
  type WorkflowLink,
  type WorkflowNode,
} from '../../../src/contract/index.ts';
import { boundText } from '../../common/boundText.ts';

// A blueprint and a graph are two spellings of one thing. Here stands what each part of a blueprint means where it says no more. Fields
// named 'lrt' keep what a graph says beyond that. Other orchestrators pass over them.

export const BLUEPRINT_TYPE = 'pipeline-topology/v2';

/** The field of a blueprint's parts that is ours. A node's record has in it what is not the container's. */
export const OWN = 'lrt';

/** An operation of a container: a node, as a blueprint names it. */
export interface OperationName {
  container: string;
  operation: string;
}

export const keyOf = ({ container, operation }: OperationName): string => `${container}:${operation}`;

/** The name of a graph whose blueprint has these fields. */
export function nameOf(fields: Readonly<Record<string, unknown>>): string {
  const [name] = [fields.name, fields.pipeline_id].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  return name === undefined ? 'Pipeline' : boundText(name.replace(/[\p{Cc}\u2028\u2029]/gu, ' '), 200);
}

/** The operation that a node is: what its blueprint says, or what follows from what it runs. */
export function operationOf({ key, task, params, blueprint }: WorkflowNode): OperationName {
  const { container_name: container, operation_name: operation } = recordOf(blueprint?.[OWN]);
  if (typeof container === 'string' && typeof operation === 'string') return { container, operation };
  const { service, operation: asked } = params ?? {};
  if (task === SERVICE_TASK && typeof service === 'string' && typeof asked === 'string') {
    return { container: service, operation: asked };
  }
  const [first, second, ...more] = key.split(':');
  return first && second && more.length === 0
    ? { container: first, operation: second }
    : { container: key, operation: task };
}

/** The params of a node of which a blueprint says nothing more. */
export function paramsOf(task: unknown, { container, operation }: OperationName): WorkflowNode['params'] {
  return task === SERVICE_TASK ? { service: container, operation } : undefined;
}

/** A link of which a blueprint says nothing more: it adds what came out of the first to the inputs of the second. */
export const PLAIN_LINK: Pick<WorkflowLink, 'input' | 'append'> = { input: 'inputs', append: true };

/** The links of each node, in their order. */
export function linksByNode({
  nodes,
  links,
}: Pick<WorkflowGraph, 'nodes' | 'links'>): Map<string, WorkflowLink[]> {
  const byNode = new Map<string, WorkflowLink[]>(nodes.map(({ key }) => [key, []]));
  for (const link of links) byNode.get(link.from)?.push(link);
  return byNode;
}

/** True for equal JSON values, whatever the order of their fields is. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b);
  const names = Object.keys(a).filter((name) => a[name] !== undefined);
  return (
    names.length === Object.keys(b).filter((name) => b[name] !== undefined).length &&
    names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  );
}

export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
