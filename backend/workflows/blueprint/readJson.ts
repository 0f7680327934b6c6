import { isRecord, MAX_WORKFLOW_NODES } from '../../../src/contract/index.ts';
import { GraphProblems } from '../graph/GraphProblems.ts';
import { JsonCopy } from '../graph/JsonCopy.ts';

/** As many characters of JSON. A request has fewer. */
const MAX_SIZE = 2_000_000;

/**
 * A copy of an object that is JSON: it has no getters, and nobody can change it. `list` names the list in it that has an entry for
 * each container. Throws 'invalid-params' that names `root`.
 */
export function readJson(value: unknown, root: string, list: string): Record<string, unknown> {
  const problems = new GraphProblems(root);
  let copy: Record<string, unknown> = {};
  try {
    if (!isRecord(value)) problems.mustBe('', 'an object', value);
    else {
      const entries = value[list];
      if (Array.isArray(entries) && entries.length > MAX_WORKFLOW_NODES) {
        problems.add(
          list,
          'out-of-range',
          `has ${entries.length} entries; it may have ${MAX_WORKFLOW_NODES}`,
        );
      } else copy = new JsonCopy(MAX_SIZE).record(value);
    }
  } catch (error) {
    // JsonCopy says what is wrong. Any other error comes of a getter, or of a proxy.
    problems.add(
      '',
      'not-allowed',
      error instanceof TypeError ? error.message : 'cannot be read: it must be JSON',
    );
  }
  problems.throwIfAny();
  return copy;
}
