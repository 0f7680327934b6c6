/** The name of the task that undoes another one: `{ task: id }`. It ships with every backend. */
export const UNDO_TASK = 'undo_task';

/** An undo has this tag, so that a list finds who has undone a task. */
export function undoTag(taskId: string): string {
  return `undo:${taskId}`;
}
