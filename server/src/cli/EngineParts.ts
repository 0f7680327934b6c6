import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import type { TaskCount } from '../observe/createMetrics.ts';

/** What a server's answers come from. */
export interface EngineParts {
  engine: TaskEngine;
  store: NetworkStore;
  /** By dependency: can it be used now? */
  ready(): Promise<Record<string, boolean>>;
  /** A page for admins that shows the queues, where there are queues to show. */
  admin?: { fetch(request: Request): Promise<Response> };
  countTasks(): Promise<TaskCount[]>;
  /** Closes the engine, then what it stands on. */
  close(): Promise<void>;
}

/** Those that are not ready. */
export function missingOf(ready: Record<string, boolean>): string[] {
  return Object.entries(ready).flatMap(([name, there]) => (there ? [] : [name]));
}
