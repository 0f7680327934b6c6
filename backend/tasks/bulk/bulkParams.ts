import {
  BULK_ACTIONS,
  BULK_TASK,
  type BulkAction,
  type BulkRequest,
  isRecord,
  MAX_BULK_IDS,
  type TaskFilter,
  type TaskSnapshot,
  WORKFLOW_TASK,
} from '../../../src/contract/index.ts';
import { TaskRefusal } from '../../common/TaskRefusal.ts';
import type { TaskDefinition } from '../defineTask.ts';
import type { StandardSchemaV1 } from '../standardSchema.ts';
import type { Caller } from '../TaskEngine.ts';

/** Bulk tasks have a queue of their own: a bulk task that cancels must not wait for what it is to cancel. */
export const BULK_QUEUE = 'lrt-bulk';

/** The params of a bulk task. The engine makes them, and no caller can send them. */
export interface BulkParams {
  action: BulkAction;
  filter?: TaskFilter;
  ids?: readonly string[];
  /** The cursor of a list of the tasks that were there at the request. It goes with `filter`. */
  before?: string;
  /** The caller as whom it acts. */
  as: Caller;
}

/**
 * The params of a new bulk task. `before`: see BulkParams. Throws 'invalid-request' for a request that names no tasks, or
 * too many.
 */
export function bulkParams(
  { action, filter, ids }: BulkRequest,
  caller: Caller,
  before: string | undefined,
): Record<string, unknown> {
  if ((filter === undefined) === (ids === undefined))
    throw refused('A bulk task needs a "filter" or "ids", and not both');
  if (ids && (ids.length < 1 || ids.length > MAX_BULK_IDS)) {
    throw refused(
      `A bulk task acts on 1 to ${MAX_BULK_IDS} tasks by id, not on ${ids.length}; send a "filter"`,
    );
  }
  return {
    action,
    ...(ids ? { ids: [...new Set(ids)] } : { filter, ...(before !== undefined && { before }) }),
    as: rightsOf(caller),
  };
}

/**
 * The params for a task that is retried by `caller`. A bulk task has the rights of whoever starts it, so it does not keep those
 * of an earlier one; and nobody lends theirs to the owner of the task. The params of any other task are as they were.
 */
export function paramsOfRetry({ name, params, owner }: TaskSnapshot, caller: Caller): TaskSnapshot['params'] {
  if (name !== BULK_TASK) return params;
  return { ...params, as: owner === caller.owner ? rightsOf(caller) : { owner } };
}

/**
 * The part of a task's params that says what was asked for. A bulk task that is asked for again comes at another moment, and a
 * workflow maybe with other permissions.
 */
export function askedOf({ name, params }: Pick<TaskSnapshot, 'name' | 'params'>): Record<string, unknown> {
  if (name === WORKFLOW_TASK) {
    const { as: _, ...asked } = params;
    return asked;
  }
  if (name !== BULK_TASK) return params;
  const { before: _, ...asked } = params;
  return asked;
}

function rightsOf({ owner, admin, permissions }: Caller): Caller {
  return { owner, ...(admin && { admin }), ...(permissions?.length && { permissions: [...permissions] }) };
}

function refused(message: string): TaskRefusal {
  return new TaskRefusal({ code: 'invalid-request', message });
}

/** Checks what an engine kept, so that a record that was damaged cannot run. */
export const BULK_SCHEMA: StandardSchemaV1<BulkParams> = {
  '~standard': {
    version: 1,
    vendor: 'lrt',
    validate: (value) =>
      isBulkParams(value)
        ? { value }
        : { issues: [{ message: 'These are not the parameters of a bulk task; use POST /tasks/bulk' }] },
  },
};

function isBulkParams(value: unknown): value is BulkParams {
  if (!isRecord(value) || !isRecord(value.as)) return false;
  const { action, filter, ids, before, as } = value;
  return (
    BULK_ACTIONS.some((known) => known === action) &&
    (filter === undefined || isRecord(filter)) &&
    (ids === undefined || (Array.isArray(ids) && ids.every((id) => typeof id === 'string'))) &&
    (before === undefined || typeof before === 'string') &&
    typeof as.owner === 'string'
  );
}

/** Throws a TypeError where a definition has the name, or the queue, of one of the engine's own. */
export function refuseReserved<Work extends object>(
  definitions: Iterable<TaskDefinition<unknown, unknown, Work>>,
  own: Iterable<Pick<TaskDefinition, 'name' | 'queue'>>,
): void {
  const names = new Set(Array.from(own, ({ name }) => name));
  const queues = new Set(Array.from(own, ({ queue }) => queue));
  for (const { name, queue } of definitions) {
    if (names.has(name)) throw new TypeError(`A task cannot be named "${name}": that is the engine's own`);
    if (queues.has(queue))
      throw new TypeError(`Task "${name}" cannot be for the queue "${queue}": that is the engine's own`);
  }
}
