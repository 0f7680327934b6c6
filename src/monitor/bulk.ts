import { type Failure, toTaskError } from '../client/taskStore.ts';
import type { TaskSnapshot } from '../contract/index.ts';
import { type Asked, countOf } from './asked.ts';
import type { TaskActions } from './taskActions.ts';

/** So many calls are under way at once. */
const AT_ONCE = 4;

/** Says how far an action on many tasks is. */
export interface BulkProgress {
  done: number;
  total: number;
  failed: number;
  /** The last refusal. */
  error?: Failure | undefined;
}

/**
 * Acts on many tasks, a few at a time, and goes on where one is refused. It stops where a refusal would be the same for all:
 * the user is signed out, or the server takes no more requests.
 *
 * @param act resolves with the refusal, if there is one
 */
export async function actOnMany(
  tasks: readonly TaskSnapshot[],
  act: (task: TaskSnapshot) => Promise<Failure | undefined>,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  let progress: BulkProgress = { done: 0, total: tasks.length, failed: 0 };
  const left = [...tasks];
  let isOver = false;
  const work = async () => {
    for (let task = left.shift(); task && !isOver; task = left.shift()) {
      const error = await act(task);
      isOver ||= error?.code === 'unauthorized' || error?.code === 'rate-limited';
      progress = {
        ...progress,
        done: progress.done + 1,
        failed: progress.failed + (error ? 1 : 0),
        error: error ?? progress.error,
      };
      onProgress(progress);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return progress;
}

/**
 * Carries out what the user has confirmed about many tasks: by the server where it can, else call by call. Resolves with the
 * end of it.
 */
export async function runBulk(
  actions: TaskActions,
  { action, tasks, all }: Asked,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkProgress> {
  const progress = { done: 0, total: countOf({ action, tasks, all }), failed: 0 };
  onProgress(progress);
  try {
    if (await actions.runMany(action, tasks, all?.filter)) return progress;
  } catch (thrown) {
    const refused = { ...progress, failed: progress.total, error: toTaskError(thrown) };
    onProgress(refused);
    return refused;
  }
  return actOnMany(tasks, (task) => actions.run(action, task), onProgress);
}
