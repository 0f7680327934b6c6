import type { SystemClient } from '../client/SystemClient.ts';
import { isRecord } from '../contract/index.ts';
import { hostCall } from './hostCall.ts';

/**
 * Asks the server for the owner name of the user: the owner of their own tasks. Resolves with an empty text where the user has none,
 * so that every task is somebody else's, and with undefined where the client cannot list. Rejects where the server does not answer.
 *
 * @example
 * const isOwn = task.owner === (await ownName(app.system));
 */
export async function ownName(system: Pick<SystemClient, 'listTasks'>): Promise<string | undefined> {
  if (!system.listTasks) return undefined;
  const page: unknown = await hostCall(() => system.listTasks?.({ owner: 'me', limit: 1 }));
  // A host's own client may give anything.
  const task: unknown = isRecord(page) && Array.isArray(page.tasks) ? page.tasks[0] : undefined;
  return isRecord(task) && typeof task.owner === 'string' ? task.owner : '';
}
