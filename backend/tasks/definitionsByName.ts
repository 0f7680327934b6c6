import type { TaskDefinition } from './defineTask.ts';

/** Throws a TypeError where two have one name. */
export function definitionsByName(definitions: readonly TaskDefinition[]): Map<string, TaskDefinition> {
  const byName = new Map<string, TaskDefinition>();
  for (const definition of definitions) {
    if (byName.has(definition.name))
      throw new TypeError(`Two task definitions are named "${definition.name}"`);
    byName.set(definition.name, definition);
  }
  return byName;
}
