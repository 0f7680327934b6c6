import type { TaskDefinition } from './defineTask.ts';

/** Throws a TypeError where two have one name. */
export function definitionsByName<Work extends object>(
  definitions: readonly TaskDefinition<unknown, unknown, Work>[],
): Map<string, TaskDefinition<unknown, unknown, Work>> {
  const byName = new Map<string, TaskDefinition<unknown, unknown, Work>>();
  for (const definition of definitions) {
    if (byName.has(definition.name))
      throw new TypeError(`Two task definitions are named "${definition.name}"`);
    byName.set(definition.name, definition);
  }
  return byName;
}
