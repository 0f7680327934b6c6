import { type EnqueueRequest, isRecord, SERVICE_TASK } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { inputsOf } from './graph/inputsOf.ts';
import type { WorkflowIndex } from './graph/WorkflowIndex.ts';
import { keyOfNode, type NodeOfRun, tagsOfNode } from './nodeKeys.ts';

/** The params of a node hold at most so many characters of JSON: they travel to the database, to the worker and to whoever looks. */
const MAX_CHARS = 8 * 2 ** 20;

/** Keys of the nodes whose results the node is given. */
export function givenTo(index: WorkflowIndex, node: string): string[] {
  return [...new Set(index.linksTo(node).flatMap(({ from, input }) => (input === undefined ? [] : [from])))];
}

/**
 * The request that starts a node's task, and how many characters its params have as JSON. `resultOf` gives the results of the nodes that `givenTo` names. Throws a TaskRefusal where
 * a result lacks what the node needs.
 */
export function nodeRequest(
  index: WorkflowIndex,
  at: NodeOfRun,
  services: Readonly<Record<string, string>> | undefined,
  resultOf: (node: string) => unknown,
): { request: EnqueueRequest; characters: number } {
  const task = index.nodeOf(at.node)?.task ?? '';
  const params = { ...inputsOf(index, at.node, resultOf), ...urlOf(index, at.node, services) };
  const { length } = JSON.stringify(params);
  if (length > MAX_CHARS) {
    throw new TaskRefusal({
      code: 'invalid-params',
      message: `What node "${at.node}" is given has ${length} characters as JSON and may have ${MAX_CHARS}; let the nodes before it write what is large into a table, and hand on less`,
      details: { characters: length, maxCharacters: MAX_CHARS },
    });
  }
  const request = { name: task, params, tags: tagsOfNode(at), idempotencyKey: keyOfNode(at) };
  return { request, characters: length };
}

/** The address of the service that a node of SERVICE_TASK names. Throws where the run has none of that name. */
export function urlOf(
  index: WorkflowIndex,
  key: string,
  services: Readonly<Record<string, string>> | undefined,
): { url?: string } {
  const node = index.nodeOf(key);
  if (node?.task !== SERVICE_TASK) return {};
  const service = isRecord(node.params) ? node.params.service : undefined;
  const known = new Map(Object.entries(services ?? {}));
  const url = typeof service === 'string' ? known.get(service) : undefined;
  if (url !== undefined) return { url };
  throw new TaskRefusal({
    code: 'invalid-params',
    message: `Node "${key}" is for the service ${JSON.stringify(service) ?? 'of no name'}, and the workflow has no address of it; name it in "services"`,
    details: { node: key },
  });
}
