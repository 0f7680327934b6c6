import type { SystemClient } from '../../src/client/SystemClient.ts';
import { missingMembersOf } from './missingMembers.ts';
import { withMembers } from './withMembers.ts';

/** The application's task client, and its settings. */
export interface PlatformSystem extends SystemClient {
  settings: Record<string, unknown>;
  userHasPermission(permission: string): Promise<boolean>;
}

export interface PlatformSystemOptions {
  client: SystemClient | undefined;
  settings: Record<string, unknown>;
  userHasPermission(permission: string): Promise<boolean>;
  /** Called when the server refuses a task, before the plugin hears of it. */
  onRefused(name: string, problem: unknown): void;
}

const NO_CLIENT = 'This application has no task client: give startApplication({ system }) one';

/** The client's methods, with the settings. Without a client every task is refused with an error that says so. */
export function platformSystem(options: PlatformSystemOptions): PlatformSystem {
  const { settings, userHasPermission, onRefused } = options;
  const client: SystemClient = options.client ?? {
    enqueueTask: () => Promise.reject(new Error(NO_CLIENT)),
    streamTaskProgress() {
      throw new Error(NO_CLIENT);
    },
  };
  const enqueueTask: SystemClient['enqueueTask'] = async (name, params, more) => {
    try {
      return await client.enqueueTask(name, params, more);
    } catch (problem) {
      onRefused(name, problem);
      throw problem;
    }
  };
  return withMembers(client, {
    ...missingMembersOf('system', client),
    settings,
    userHasPermission,
    enqueueTask,
  });
}
