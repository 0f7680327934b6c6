import { isTerminal, type TaskSnapshot } from '../../contract/index.ts';
import type { TaskReceiver } from '../followTask.ts';

/**
 * Reports the states of one task to followTask: the whole of it where its status is new, and else its progress. The same state again is
 * no news.
 */
export function reportTask({ event }: TaskReceiver): (task: TaskSnapshot) => void {
  let last: TaskSnapshot | undefined;
  return (task) => {
    if (task === last) return;
    const { status, progress } = task;
    const isSnapshot = status !== last?.status || isTerminal(status);
    last = task;
    const at = new Date().toISOString();
    event(isSnapshot ? { type: 'snapshot', task, at } : { type: 'progress', progress, at });
  };
}
