import type { SystemClient } from '../../src/client/SystemClient.ts';
import { inFrontOf } from './withMembers.ts';

/** The application's task client, and its settings. */
export interface PlatformSystem extends SystemClient {
  settings: Record<string, unknown>;
}

const NO_CLIENT = 'This application has no task client: give startApplication({ system }) one';

/** The settings with the methods of the client; without a client, tasks are refused in words. */
export function platformSystem(
  client: SystemClient | undefined,
  settings: Record<string, unknown>,
): PlatformSystem {
  const given: SystemClient = client ?? {
    enqueueTask: () => Promise.reject(new Error(NO_CLIENT)),
    streamTaskProgress() {
      throw new Error(NO_CLIENT);
    },
  };
  return inFrontOf(given, { settings });
}
