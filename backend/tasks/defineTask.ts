import type {
  GeoFeature,
  Geometry,
  TaskItem,
  TaskPreview,
  TaskProgress,
  TaskSnapshot,
} from '../../src/contract/index.ts';
import type { NetworkWork } from '../network/NetworkStore.ts';
import type { JsonOf, OrNull } from './JsonOf.ts';
import type { StandardSchemaV1 } from './standardSchema.ts';

/** The progress that a task reports in one call. */
export type ProgressUpdate = Partial<TaskProgress> & {
  /** Features that the task has just built, as GeoJSON. The map shows them as not committed. */
  features?: GeoFeature[];
  /**
   * Parts of the work that ended, for work of which some parts may fail and the others still count. Report each once.
   */
  items?: TaskItem[];
};

/** The controls that every running task gets, whatever its store is. */
export interface TaskControls {
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
  progress(update: ProgressUpdate): Promise<void>;
  log(level: 'info' | 'warning' | 'error', message: string): void;
  /**
   * Does the work of one item and reports how it ended. Where `work` resolves, the item is reported as good. Where it rejects,
   * everything that it wrote is undone, and the definition's `keep` decides: with 'good-items' the item is reported as failed,
   * with the code and message of what was thrown, and the task goes on; else the call rejects with it. One item at a time:
   * a call waits for the one before it. Resolves with the work's result; undefined where the item failed. `geometry` says
   * where a failed item is.
   *
   * @example
   * for (const id of items ?? all) await item(id, () => connect(id), { geometry: placeOf(id) });
   */
  item<Result>(
    id: string,
    work: () => Promise<Result>,
    options?: { geometry?: Geometry },
  ): Promise<Result | undefined>;
  /** Ids of the items to work on, where a user retries those that failed. Undefined: all of them. */
  readonly items?: readonly string[];
}

/**
 * The context of a running task: the controls, and its store's unit of work (`network`, unless the store has another).
 */
export type TaskContext<Work extends object = NetworkWork> = TaskControls & Work;

/** A start as `complete` of a definition sees it: the caller's eyes and rights. */
export interface StartContext {
  /** The task, if the caller may see it. */
  find(id: string): Promise<TaskSnapshot | undefined>;
  /** True where the caller has the permission of the definition of this name, or where it needs none. */
  mayStart(name: string): boolean;
}

/** The context of a preview: its store's unit of work, of which nothing is kept. */
export type PreviewContext<Work extends object = NetworkWork> = Work & {
  /** Aborts when the preview has taken too long, and when nobody waits for it any more. */
  readonly signal: AbortSignal;
};

/** A definition says this in its preview. The engine adds the refusal and the time, and cuts what is too long. */
export type PreviewDraft = Partial<Omit<TaskPreview, 'refusal' | 'duration'>> & {
  /**
   * The size of the work, as `progress` reports it in its `total`. The time is scaled by it: from runs on 100 addresses
   * it is known how long 2,000 will take.
   */
  size?: number;
};

/**
 * A kind of task. `Work` is the unit of work that its `check` and `execute` are given beside the context: the
 * network's, unless the engine's store has another one. `Name` and `Sent`, the parameters as a caller sends them (those
 * with a default may be absent), are for the types of a client: see `TasksOf`.
 */
export interface TaskDefinition<
  Params = unknown,
  Result = unknown,
  Work extends object = NetworkWork,
  Name extends string = string,
  Sent = unknown,
> {
  name: Name;
  /** Named queue; default 'default'. */
  queue: string;
  /** Default 180. */
  timeoutSeconds: number;
  /** The order among the tasks that wait in a queue: 1 (first) to 10 (last). Default 5. */
  priority: number;
  /**
   * Retries the task when it failed with an unexpected error or timed out. A TaskRefusal that it throws is final.
   * Default: no. `attempts` (2 to 10) counts every run, the first one and those lost with their worker;
   * `backoffSeconds` is the wait before the second, doubled each time.
   */
  retry?: { attempts: number; backoffSeconds: number };
  /** The permission that a caller needs to start the task. Default: none. Admins may start all. */
  permission?: string;
  /**
   * True: it computes without pause. Where the engine has threads it runs in one of its own, so that the clock, the
   * cancel button and other tasks go on; elsewhere it runs as any other.
   */
  cpuBound?: boolean;
  /**
   * Says what is stored where some items fail (`item` of the context). Default 'all-or-nothing': the error of an item is the
   * task's error, so nothing is stored. 'good-items': what the failed item wrote is undone, the good ones are stored, and the
   * task succeeds with failures, which a user can retry. In both cases a task that rejects, is cancelled or runs out of time
   * stores nothing. A task that only reports failed items, by `progress({ items })`, decides for itself what it writes, and
   * all of that is stored.
   */
  keep: 'all-or-nothing' | 'good-items';
  /**
   * Standard Schema (zod, valibot, ...). It should refuse parameters that it does not know (zod: strictObject): what
   * becomes of those is for `unknownParams` to say. Parameters that zod's `object` would drop count as unknown too.
   */
  params: StandardSchemaV1<Sent, Params>;
  /**
   * A parameter that the schema does not know: 'refuse' (default) refuses the call. 'ignore' is for callers that are
   * not yours: the task runs without the parameter, and its log and its snapshot name what was ignored.
   */
  unknownParams: 'ignore' | 'refuse';
  /**
   * Completes the params that a caller sent with what only the engine knows, before they are validated and kept: it is for tasks
   * about other tasks. It may add tags. Throw a TaskRefusal where the caller may not do that.
   */
  complete?(
    params: Record<string, unknown>,
    context: StartContext,
  ): Promise<{ params: Record<string, unknown>; tags?: readonly string[] }>;
  /**
   * What the schema cannot know: does the design exist, is the pole in it? Runs before anything is queued, on a
   * read-only view of the network. Throw a TaskRefusal that names the parameter and the fix.
   */
  check?(params: Params, context: Work): Promise<void>;
  /** Tasks with the same key never run at the same time ('design/NAME'); undefined: no such limit. */
  exclusive?(params: Params): string | undefined;
  /**
   * Says what a run would come to, for a user who has not started it yet. It runs after `check`, on a unit of work that is thrown
   * away: it may write to it, as `execute` does, and nothing of that is stored, no id is taken and no name is reserved. It has
   * 15 s. Throw a TaskRefusal where the task would be refused. Without it, the definition has no preview.
   *
   * @example
   * async preview({ design }, { network }) {
   *   const poles = await (await network.view(design)).table('pole').recs();
   *   return { counts: [{ kind: 'pole', change: 'change', count: poles.length }], size: poles.length };
   * }
   */
  preview?(params: Params, context: PreviewContext<Work>): Promise<PreviewDraft>;
  /** Does the work. It resolves with the task's result, which is JSON, or rejects with the task's error. */
  execute(params: Params, context: TaskContext<Work>): Promise<Result>;
}

/** The definition as a task author writes it. Fields with a default may be left out. */
export type TaskDraft<
  Params,
  Result = unknown,
  Work extends object = NetworkWork,
  Name extends string = string,
  Sent = unknown,
> = Omit<TaskDefinition<Params, Result, Work, Name, Sent>, Defaulted> &
  Partial<Pick<TaskDefinition<Params, Result, Work>, Defaulted>>;
type Defaulted = 'queue' | 'timeoutSeconds' | 'priority' | 'keep' | 'unknownParams';

/**
 * The params that a definition's task runs with.
 *
 * @example
 * type Params = ParamsOf<typeof surveyTask>;
 */
export type ParamsOf<Definition> =
  Definition extends TaskDefinition<infer Params, infer _Result, infer _Work, infer _Name, infer _Sent>
    ? Params
    : never;

/**
 * The type of the result of a definition's task, as it arrives: the result travels as JSON.
 *
 * @example
 * type Result = ResultOf<typeof surveyTask>;
 */
export type ResultOf<Definition> =
  Definition extends TaskDefinition<infer _Params, infer Result, infer _Work, infer _Name, infer _Sent>
    ? JsonOf<OrNull<Result>>
    : never;

/**
 * The types of all these tasks, for a client: their names, the params that a caller sends, and their results.
 *
 * @example
 * import type { TasksOf } from 'lrt-plugin/mocks';
 * import type { labelPoles, placeClosures } from '../task/index.ts';
 *
 * const client = createTaskClient<TasksOf<[typeof labelPoles, typeof placeClosures]>>({ baseUrl: '/api' });
 */
export type TasksOf<Definitions extends readonly { name: string }[]> = {
  [Definition in Definitions[number] as Definition['name']]: {
    params: SentOf<Definition> & object;
    result: ResultOf<Definition>;
  };
};

/** A definition with types that were written out does not know what is sent, and answers with what it runs with. */
export type SentOf<Definition> =
  Definition extends TaskDefinition<infer Params, infer _Result, infer _Work, infer _Name, infer Sent>
    ? unknown extends Sent
      ? Params
      : Sent
    : never;

/** Letters, digits, `_`, `-`, `.`, `:`; it travels in URLs, logs and lists. */
const NAME = /^[A-Za-z][A-Za-z0-9_.:-]{0,99}$/;

/**
 * Completes and checks a task definition. Throws a TypeError that names the task and the field, so that a mistake
 * shows at start and not when the first user presses Create.
 *
 * @example
 * export const countPoles = defineTask({
 *   name: 'count_poles',
 *   params: z.strictObject({ design: z.string() }),
 *   async execute({ design }, { network }) {
 *     const view = await network.view(design);
 *     return { poles: (await view.table('pole').recs()).length };
 *   },
 * });
 */
export function defineTask<
  Params,
  Result = unknown,
  Work extends object = NetworkWork,
  Name extends string = string,
  Sent = unknown,
>(draft: TaskDraft<Params, Result, Work, Name, Sent>): TaskDefinition<Params, Result, Work, Name, Sent> {
  const { queue = 'default', timeoutSeconds = 180, priority = 5, retry, permission } = draft;
  const { unknownParams = 'refuse', keep = 'all-or-nothing' } = draft;
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
  if (unknownParams !== 'ignore' && unknownParams !== 'refuse') {
    refuse('unknownParams', "'ignore' or 'refuse', or left out");
  }
  if (keep !== 'all-or-nothing' && keep !== 'good-items') {
    refuse('keep', "'all-or-nothing' or 'good-items', or left out");
  }
  if (typeof draft.params?.['~standard']?.validate !== 'function') {
    refuse('params', 'a Standard Schema, e.g. z.strictObject({ ... }) of zod');
  }
  for (const field of ['check', 'complete', 'exclusive', 'preview'] as const) {
    if (draft[field] !== undefined && typeof draft[field] !== 'function')
      refuse(field, 'a function, or left out');
  }
  if (typeof draft.execute !== 'function') refuse('execute', 'a function (params, context) => Promise');
  return { ...draft, queue, timeoutSeconds, priority, keep, unknownParams };
}

function isWholeFrom(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
