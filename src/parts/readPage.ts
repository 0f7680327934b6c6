import { isRecord, type TaskPage } from '../contract/index.ts';
import { readTask } from './readTask.ts';

/** Reads a page of a list for the monitor. A host's own client may answer anything. Throws where it is no list. */
export function readPage(answer: unknown): TaskPage {
  if (!isRecord(answer) || !Array.isArray(answer.tasks)) {
    throw new TypeError("The host's listTasks resolved without a list of tasks");
  }
  const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const [nextCursor, watchCursor] = [textOf(answer.nextCursor), textOf(answer.watchCursor)];
  return {
    tasks: answer.tasks.map(readTask).filter((task) => task !== undefined),
    ...(nextCursor !== undefined && { nextCursor }),
    ...(watchCursor !== undefined && { watchCursor }),
  };
}
