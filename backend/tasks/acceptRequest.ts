import type { EnqueueRequest, TaskSnapshot } from '../../src/contract/index.ts';
import { canonicalJson } from '../common/json.ts';
import type { Store } from '../common/Store.ts';
import { refuseForbidden } from './access.ts';
import { askedOf } from './bulk/bulkParams.ts';
import type { TaskDefinition } from './defineTask.ts';
import { newTask } from './newTask.ts';
import { completeParams } from './readParams.ts';
import type { Caller } from './TaskEngine.ts';
import { refusals } from './taskErrors.ts';
import { checkParams, validateParams } from './validateParams.ts';

/** An engine knows these of a new task, beyond its request. */
export interface NewTaskOptions {
  /** Id of the task that this one retries. */
  retryOf?: string;
  /** Ids of the items to work on; undefined: all. */
  onlyItems?: readonly string[] | undefined;
}

/** A request that this caller may make, with well-formed parameters that the definition has not checked yet. */
export interface AcceptedRequest<Work extends object> {
  readonly definition: TaskDefinition<unknown, unknown, Work>;
  /** Equal for equal name and params, and for retries of the same task with the same items. */
  readonly fingerprint: string;
  /** Resolves with the parsed parameters. Rejects with what the definition's schema or its `check` refuses. */
  check(): Promise<unknown>;
  /** The task that comes of it. */
  newTask(): TaskSnapshot;
  /** Throws 'idempotency-conflict' where an earlier task with the same key was asked for with other params. */
  refuseOther(earlier: { id: string; fingerprint: string }): void;
}

/**
 * The steps of every engine before it queues a task. Rejects with 'unknown-task', 'forbidden' or 'invalid-params'.
 *
 * @example
 * const accepted = await acceptRequest(request, caller, { definitions, store, find });
 * const params = await accepted.check();
 * const task = accepted.newTask();
 */
export async function acceptRequest<Work extends object>(
  request: EnqueueRequest,
  caller: Caller,
  {
    definitions,
    store,
    find,
    retryOf,
    onlyItems,
  }: NewTaskOptions & {
    definitions: ReadonlyMap<string, TaskDefinition<unknown, unknown, Work>>;
    store: Store<Work>;
    /** The task, if the caller may see it. */
    find(id: string): Promise<TaskSnapshot | undefined>;
  },
): Promise<AcceptedRequest<Work>> {
  const definition = definitions.get(request.name);
  if (!definition) throw refusals.unknownTask(request.name, [...definitions.keys()]);
  refuseForbidden(definition, caller);
  const { params, tags, ignored } = await completeParams(definition, request.params, caller, {
    definitions,
    find,
  });
  const fingerprint = fingerprintOf({ name: definition.name, params, retryOf }, onlyItems);
  return {
    definition,
    fingerprint,
    async check() {
      const parsed = await validateParams(definition, params);
      await checkParams(definition, parsed, store);
      return parsed;
    },
    newTask: () =>
      newTask(
        { ...request, params, ignored, tags: [...new Set([...(request.tags ?? []), ...tags])] },
        definition,
        caller.owner,
        retryOf,
      ),
    refuseOther(earlier) {
      if (earlier.fingerprint !== fingerprint) throw refusals.idempotencyConflict(earlier.id);
    },
  };
}

/** Text that is equal for equal name and params, whatever was ignored, and for retries of the same task with the same items. */
export function fingerprintOf(
  { name, params, retryOf }: Pick<TaskSnapshot, 'name' | 'params' | 'retryOf'>,
  onlyItems: readonly string[] | undefined,
): string {
  const asked = askedOf({ name, params });
  return canonicalJson(
    retryOf === undefined ? [name, asked] : [name, asked, retryOf, onlyItems !== undefined],
  );
}
