import type { GeoFeature, TaskProgress } from '../../src/contract/index.ts';
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
  /** Which of the tasks that wait in a queue goes first: 1 (first) to 10 (last). Default 5. */
  priority: number;
  /**
   * Runs the task again when it failed of an accident or of its time; a TaskRefusal that it throws is final. Default:
   * no. `attempts` (2 to 10) counts every run, the first one and those lost with their worker; `backoffSeconds` is the
   * wait before the second, doubled each time.
   */
  retry?: { attempts: number; backoffSeconds: number };
  /** What a caller must be permitted to start it; default: nothing. Admins may start all. */
  permission?: string;
  /**
   * True: it computes without pause. Where the engine has threads it runs in one of its own, so that the clock, the
   * cancel button and other tasks go on; elsewhere it runs as any other.
   */
  cpuBound?: boolean;
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

/** What a task author writes: what has a default may be left out. */
export type TaskDraft<Params> = Omit<TaskDefinition<Params>, Defaulted> &
  Partial<Pick<TaskDefinition<Params>, Defaulted>>;
type Defaulted = 'queue' | 'timeoutSeconds' | 'priority';

/** Letters, digits, `_`, `-`, `.`, `:`; it travels in URLs, logs and lists. */
const NAME = /^[A-Za-z][A-Za-z0-9_.:-]{0,99}$/;

/**
 * Completes and checks a task definition. Throws a TypeError that names the task and the field, so that a mistake
 * shows at start and not when the first user presses Create.
 */
export function defineTask<Params>(draft: TaskDraft<Params>): TaskDefinition<Params> {
  const { queue = 'default', timeoutSeconds = 180, priority = 5, retry, permission } = draft;
  const refuse = (field: string, expected: string): never => {
    throw new TypeError(`defineTask(${JSON.stringify(draft.name) ?? '?'}): "${field}" must be ${expected}`);
  };
  const name = 'letters, digits, "_", "-", "." or ":", starting with a letter, 1 to 100 of them';
  if (typeof draft.name !== 'string' || !NAME.test(draft.name)) refuse('name', name);
  if (typeof queue !== 'string' || !NAME.test(queue)) refuse('queue', name);
  // setTimeout takes 31 bits of milliseconds; anything longer fires at once.
  if (typeof timeoutSeconds !== 'number' || !(timeoutSeconds > 0 && timeoutSeconds <= 2_000_000)) {
    refuse('timeoutSeconds', 'a number of seconds above 0, at most 2,000,000');
  }
  if (!isWholeFrom(priority, 1, 10)) refuse('priority', 'a whole number from 1 (first) to 10 (last)');
  if (retry !== undefined) {
    if (!isWholeFrom(retry?.attempts, 2, 10)) refuse('retry.attempts', 'a whole number from 2 to 10');
    const { backoffSeconds } = retry;
    if (typeof backoffSeconds !== 'number' || !(backoffSeconds >= 0 && backoffSeconds <= 3_600)) {
      refuse('retry.backoffSeconds', 'a number of seconds from 0 to 3,600');
    }
  }
  if (permission !== undefined && (typeof permission !== 'string' || !NAME.test(permission))) {
    refuse('permission', `${name}, or left out`);
  }
  if (draft.cpuBound !== undefined && typeof draft.cpuBound !== 'boolean') {
    refuse('cpuBound', 'true or false, or left out');
  }
  if (typeof draft.params?.['~standard']?.validate !== 'function') {
    refuse('params', 'a Standard Schema, e.g. z.strictObject({ ... }) of zod');
  }
  for (const field of ['check', 'exclusive'] as const) {
    if (draft[field] !== undefined && typeof draft[field] !== 'function')
      refuse(field, 'a function, or left out');
  }
  if (typeof draft.execute !== 'function') refuse('execute', 'a function (params, context) => Promise');
  return { ...draft, queue, timeoutSeconds, priority };
}

function isWholeFrom(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
