import type { TaskDefinition } from '../tasks/defineTask.ts';
import { customerConnectionTask } from './customerConnection.ts';
import { lrtTask } from './lrtTask.ts';
import { planAreaTask } from './planArea/planAreaTask.ts';
import { undoTask } from './undo/undoTask.ts';

/** The tasks that every backend of this project has, unless its author replaces them. */
export const SHIPPED_TASKS: readonly TaskDefinition[] = [
  customerConnectionTask,
  lrtTask,
  planAreaTask,
  undoTask,
];

/**
 * The shipped tasks and an author's own. An own task takes the place of a shipped one of the same name. Throws a
 * TypeError that names the place of an entry that is no definition.
 *
 * @example
 * EmbeddedEngine.open({ definitions: withShippedTasks([countPoles]), store });
 */
export function withShippedTasks(own: readonly TaskDefinition[]): TaskDefinition[] {
  own.forEach((task: unknown, index) => {
    if (typeof task === 'object' && task !== null) return;
    throw new TypeError(
      `tasks[${index}] is ${String(task)} and no task definition: make it with defineTask, and check its import`,
    );
  });
  const replaced = new Set(own.map(({ name }) => name));
  return [...SHIPPED_TASKS.filter(({ name }) => !replaced.has(name)), ...own];
}
