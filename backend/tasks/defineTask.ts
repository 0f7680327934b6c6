import type { GeoFeature, TaskProgress } from '../../src/contract.ts';
import type { NetworkTransaction } from '../network/NetworkStore.ts';
import type { StandardSchemaV1 } from './standardSchema.ts';

/** What a running task is given. */
export interface TaskContext {
  readonly taskId: string;
  /** 1 for the first run; higher when an earlier run was lost. */
  readonly attempt: number;
  /** Aborts on cancellation, on timeout and when the engine closes. */
  readonly signal: AbortSignal;
  /**
   * Says how far the task is and, where it built something, what (GeoJSON; shown on the map as not committed).
   * Await it: it lets other work go on, and rejects once the task is cancelled or out of time.
   * Calls may be as frequent as is natural; the engine merges those that come quickly one after the other.
   */
  progress(progress: Partial<TaskProgress> & { features?: GeoFeature[] }): Promise<void>;
  log(level: 'info' | 'warning' | 'error', message: string): void;
  /**
   * The network, as one unit of work: reads see what is committed plus this task's own writes. The engine commits
   * it once, after `execute` resolved; a task that fails, is cancelled or runs out of time leaves nothing behind.
   */
  readonly network: NetworkTransaction;
}

export interface TaskDefinition<Params = unknown> {
  name: string;
  /** Named queue; default 'default'. */
  queue: string;
  /** Default 180. */
  timeoutSeconds: number;
  /** Standard Schema (zod, valibot, ...). Unknown parameters are to be refused (zod: strictObject). */
  params: StandardSchemaV1<unknown, Params>;
  /**
   * What the schema cannot know: does the design exist, is the pole in it? Runs before anything is queued, on a
   * read-only view of the network. Throw a TaskRefusal that names the parameter and the fix.
   */
  check?(params: Params, context: { network: NetworkTransaction }): Promise<void>;
  /** Tasks with the same key never run at the same time ('design/NAME'); undefined: no such limit. */
  exclusive?(params: Params): string | undefined;
  /** What it resolves with is the task's result: JSON. What it rejects with is the task's error. */
  execute(params: Params, context: TaskContext): Promise<unknown>;
}
