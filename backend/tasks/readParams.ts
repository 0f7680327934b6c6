import { boundText } from '../common/boundText.ts';
import { canonicalJson, isRecord } from '../common/json.ts';
import { mayStart } from './access.ts';
import type { StartContext, TaskDefinition } from './defineTask.ts';
import { unknownMessage } from './parameterProblems.ts';
import { jsonSchemaOf, type StandardSchemaIssue, type StandardSchemaV1 } from './standardSchema.ts';
import type { Caller } from './TaskEngine.ts';
import { invalidParams } from './validateParams.ts';

/** A snapshot names so many ignored parameters, each with so many characters. */
const MAX_IGNORED = 20;
const MAX_NAME = 100;
/** Some libraries report one unknown parameter at a time. Parameters that are left after so many rounds are refused. */
const MAX_ROUNDS = 20;

export interface GivenParams {
  /** A copy that the caller cannot change any more, without what is ignored. */
  params: Record<string, unknown>;
  /** Names of the parameters that the definition does not know and does not mind. */
  ignored: string[];
}

/**
 * Reads the params of a call before they are validated: both engines keep and compare what this resolves with. Rejects
 * with 'invalid-params' where they are no JSON object.
 *
 * @example
 * const { params, ignored } = await readParams(definition, { pole_id: 3, lng: 10.2 });
 */
export async function readParams<Work extends object>(
  definition: Pick<TaskDefinition<unknown, unknown, Work>, 'name' | 'params' | 'unknownParams'>,
  given: unknown,
): Promise<GivenParams> {
  const copy = copyOf(definition.name, given);
  const dropped = droppedBy(definition.params, copy);
  if (definition.unknownParams === 'refuse' && dropped.length > 0) {
    throw invalidParams(
      definition.name,
      dropped.map((parameter) => ({ parameter, code: 'unknown', message: unknownMessage(parameter) })),
    );
  }
  const { params, ignored } =
    definition.unknownParams === 'ignore'
      ? await withoutUnknown(definition, copy, dropped)
      : { params: copy, ignored: [] };
  const shown = ignored.slice(0, MAX_IGNORED).map((name) => boundText(name, MAX_NAME));
  return { params, ignored: shown };
}

/** As `readParams`, with what the definition's `complete` adds. */
export async function completeParams<Work extends object>(
  definition: TaskDefinition<unknown, unknown, Work>,
  given: unknown,
  caller: Caller,
  {
    definitions,
    find,
  }: {
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
    find: StartContext['find'];
  },
): Promise<GivenParams & { tags: readonly string[] }> {
  const read = await readParams(definition, given);
  if (!definition.complete) return { ...read, tags: [] };
  const { params, tags = [] } = await definition.complete(read.params, {
    find,
    mayStart(name) {
      const other = definitions.get(name);
      return other !== undefined && mayStart(other, caller);
    },
  });
  return { ...read, params, tags };
}

function copyOf(name: string, params: unknown): Record<string, unknown> {
  const refused = (message: string) =>
    invalidParams(name, [{ parameter: 'params', code: 'wrong-type', message, expected: 'an object' }]);
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw refused('"params" must be a JSON object of parameters by name');
  }
  try {
    // It refuses what JSON.stringify would leave out or change without an error.
    canonicalJson(params);
    return JSON.parse(JSON.stringify(params));
  } catch (error) {
    throw refused(`"params" must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function withoutUnknown<Work extends object>(
  definition: Pick<TaskDefinition<unknown, unknown, Work>, 'params'>,
  given: Record<string, unknown>,
  dropped: readonly string[],
): Promise<{ params: Record<string, unknown>; ignored: string[] }> {
  let params = without(given, new Set(dropped));
  const ignored = [...dropped];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { issues = [] } = await definition.params['~standard'].validate(params);
    const unknown = new Set(issues.flatMap(unknownNames));
    if (unknown.size === 0) break;
    ignored.push(...unknown);
    params = without(params, unknown);
  }
  return { params, ignored };
}

function without(params: Record<string, unknown>, names: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.has(name)));
}

/**
 * Parameters that the schema would drop without an issue, as zod's `object` does: a misspelt one would have no effect, and
 * nobody would know. Only a schema that lists its properties as JSON Schema says which those are.
 */
function droppedBy({ '~standard': standard }: StandardSchemaV1, given: Record<string, unknown>): string[] {
  if (!listed.has(standard)) {
    const { properties, additionalProperties } = jsonSchemaOf(standard) ?? {};
    listed.set(standard, isRecord(properties) && additionalProperties === undefined ? properties : undefined);
  }
  const properties = listed.get(standard);
  return properties ? Object.keys(given).filter((name) => !Object.hasOwn(properties, name)) : [];
}

/** By schema: to write it as JSON Schema takes longer than to check a call. */
const listed = new WeakMap<object, object | undefined>();

/**
 * Parameters that the schema does not know, as zod and valibot report them. Those within another parameter are not
 * meant.
 */
function unknownNames(issue: StandardSchemaIssue): string[] {
  const extra = new Map<string, unknown>(Object.entries(issue));
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const keys = extra.get('keys');
  if (extra.get('code') === 'unrecognized_keys' && path.length === 0 && Array.isArray(keys)) {
    return keys.map(String);
  }
  return extra.get('type') === 'strict_object' && extra.get('expected') === 'never' && path.length === 1
    ? path
    : [];
}
