import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TaskEngine } from '../../../backend/tasks/TaskEngine.ts';
import type { TaskCount } from '../observe/createMetrics.ts';

/** The parts that a server needs to answer requests, for the embedded and for the distributed engine. */
export interface EngineParts {
  engine: TaskEngine;
  store: NetworkStore;
  /** Says for each dependency whether it can be used now. */
  ready(): Promise<Record<string, boolean>>;
  /** Serves a page for admins that shows the queues, if the engine has queues to show. */
  admin?: { fetch(request: Request): Promise<Response> };
  countTasks(): Promise<TaskCount[]>;
  /** Closes the engine, then the services below it. */
  close(): Promise<void>;
}

/** Returns the names of the dependencies that are not ready. */
export function missingOf(ready: Record<string, boolean>): string[] {
  return Object.entries(ready).flatMap(([name, there]) => (there ? [] : [name]));
}
