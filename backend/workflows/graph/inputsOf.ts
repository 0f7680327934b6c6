import { isRecord } from '../../../src/contract/index.ts';
import { boundText } from '../../common/boundText.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import type { WorkflowIndex } from './WorkflowIndex.ts';

/**
 * The params that a node runs with: its own, and what its links hand on. `resultOf` gives the result of a node that has
 * succeeded. Throws 'invalid-params' that names the link where a result has no such property.
 *
 * @example
 * const params = inputsOf(index, 'plan', (key) => results.get(key));
 */
export function inputsOf(
  index: WorkflowIndex,
  key: string,
  resultOf: (key: string) => unknown,
): Record<string, unknown> {
  const filled = new Map<string, unknown>(Object.entries(index.nodeOf(key)?.params ?? {}));
  /** Lists that were made here. The node's own must stay as they are. */
  const lists = new Map<string, unknown[]>();
  for (const { from, output, input, append } of index.linksTo(key)) {
    if (input === undefined) continue;
    const value = output === undefined ? resultOf(from) : propertyOf(resultOf(from), output, from, key);
    // A task that resolves with nothing has null as its result, as JSON would have it.
    const given = value === undefined ? null : value;
    if (!append) {
      filled.set(input, given);
      continue;
    }
    const own = filled.get(input);
    const list = lists.get(input) ?? (Array.isArray(own) ? [...own] : []);
    list.push(given);
    lists.set(input, list);
    filled.set(input, list);
  }
  return Object.fromEntries(filled);
}

function propertyOf(result: unknown, output: string, from: string, to: string): unknown {
  if (isRecord(result) && Object.hasOwn(result, output)) return result[output];
  const found = isRecord(result)
    ? `has ${boundText(Object.keys(result).join(', '), 200) || 'nothing'}`
    : 'is no object';
  const message = `Node "${to}" needs "${output}" of the result of node "${from}", which ${found}`;
  const parameters = [{ parameter: `graph.nodes.${from}`, code: 'missing', message }];
  throw new TaskRefusal({ code: 'invalid-params', message, parameters });
}
