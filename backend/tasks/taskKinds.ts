import { isRecord } from '../common/json.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { mayStart } from './access.ts';
import type { TaskDefinition } from './defineTask.ts';
import type { Caller, EventFilter, TaskKind } from './TaskEngine.ts';

/**
 * The definitions of an engine as its callers see them, in order of name. Both engines answer `definitions()` with it.
 */
export function taskKinds<Work extends object>(
  definitions: Iterable<TaskDefinition<unknown, unknown, Work>>,
  caller: Caller,
): TaskKind[] {
  return Array.from(definitions, (definition) => kindOf(definition, caller)).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

function kindOf<Work extends object>(
  definition: TaskDefinition<unknown, unknown, Work>,
  caller: Caller,
): TaskKind {
  const { name, queue, timeoutSeconds, priority, permission, unknownParams } = definition;
  const params = jsonSchemaOf(definition.params['~standard']);
  return {
    name,
    queue,
    timeoutSeconds,
    priority,
    ...(permission !== undefined && { permission }),
    mayStart: mayStart(definition, caller),
    cancellable: true,
    unknownParams,
    ...(params && { params }),
  };
}

/**
 * Reads the JSON Schema from a library with the Standard JSON Schema (standardschema.dev). Undefined if this schema has
 * none.
 */
function jsonSchemaOf(standard: object): Record<string, unknown> | undefined {
  const converter: unknown = Reflect.get(standard, 'jsonSchema');
  const input: unknown = isRecord(converter) ? converter.input : undefined;
  if (typeof input !== 'function') return undefined;
  try {
    const schema: unknown = Reflect.apply(input, converter, [{ target: 'draft-2020-12' }]);
    return isRecord(schema) ? schema : undefined;
  } catch {
    // The library cannot say this schema in JSON. That is no fault: the list goes without it.
    return undefined;
  }
}

/** The tasks that a filter names. Throws 'invalid-request' for a filter of a kind that engines do not know (yet). */
export function cursorsOf(filter: EventFilter): Record<string, number | null> {
  if (isRecord(filter) && isRecord(filter.cursors)) return filter.cursors;
  const message = 'An event filter must be { cursors }: the newest sequence number seen (or null) by task id';
  throw new TaskRefusal({ code: 'invalid-request', message });
}
