import type { CallOptions, SystemClient } from './SystemClient.ts';
import { isTaskClientError, TaskClientError } from './TaskClientError.ts';

/** Follows a task for `TaskClient.waitFor` until it has ended. Few callers need it, so its code loads on demand. */
export function waitFor(
  { streamTaskProgress }: Pick<SystemClient, 'streamTaskProgress'>,
  taskId: string | number,
  { signal }: CallOptions = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stream = streamTaskProgress(taskId, {
      onSuccess: resolve,
      onFailure: (error) => reject(isTaskClientError(error) ? error : new TaskClientError(error)),
      onEnd: () => signal?.removeEventListener('abort', giveUp),
    });
    const giveUp = () => {
      stream.close();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}
