import { isRecord } from '../common/json.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { mayStart } from './access.ts';
import type { TaskDefinition } from './defineTask.ts';
import { jsonSchemaOf } from './standardSchema.ts';
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
    hasPreview: definition.preview !== undefined,
    ...(params && { params }),
  };
}

/** The tasks that a filter names. Throws 'invalid-request' for a filter of a kind that engines do not know (yet). */
export function cursorsOf(filter: EventFilter): Record<string, number | null> {
  if (isRecord(filter) && isRecord(filter.cursors)) return filter.cursors;
  const message = 'An event filter must be { cursors }: the newest sequence number seen (or null) by task id';
  throw new TaskRefusal({ code: 'invalid-request', message });
}
