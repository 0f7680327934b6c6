import {
  type EnqueueRequest,
  isRecord,
  isTerminal,
  NODE_TAG,
  type RetryRequest,
  RUN_TAG,
  type TaskSnapshot,
  type TaskWaiting,
  WORKFLOW_TASK,
} from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import type { NewTaskOptions } from './acceptRequest.ts';
import { paramsOfRetry } from './bulk/bulkParams.ts';
import type { Caller } from './TaskEngine.ts';
import { refusals } from './taskErrors.ts';

/**
 * The call by which an engine starts a task again, for its owner, whoever asks for it. `before` and the errors are those of
 * `itemsToRetry`. `failed`: ids of the items that failed, where the engine knows more of them than the summary names. A workflow
 * is another matter: see retryOfRun.ts.
 *
 * @example
 * const { task } = await this.#enqueue(...callOfRetry(task, undefined, request, caller));
 */
export function callOfRetry(
  task: TaskSnapshot,
  before: readonly string[] | undefined,
  request: RetryRequest,
  caller: Caller,
  failed?: readonly string[],
): [EnqueueRequest, Caller, NewTaskOptions] {
  const { id, name, owner } = task;
  if (request.nodes !== undefined) {
    const message = `Task "${id}" is no workflow, so it has no nodes to retry; leave out "nodes"`;
    throw new TaskRefusal({ code: 'invalid-request', message });
  }
  // The task of a node that is retried by itself is no part of the run.
  const tags = task.tags.filter((tag) => !tag.startsWith(RUN_TAG) && !tag.startsWith(NODE_TAG));
  const params = paramsOfRetry(task, caller);
  const { idempotencyKey } = request;
  return [
    { name, params, tags, ...(idempotencyKey !== undefined && { idempotencyKey }) },
    { ...caller, owner },
    { retryOf: id, onlyItems: itemsToRetry(task, before, request, failed) },
  ];
}

/** A retry of failed items runs at most so many. Their ids go to the worker with the task. */
export const MAX_RETRIED = 100_000;

/** True where the task's own summary does not name all items that a retry of the failed ones has to run. */
export function lacksFailures({ status, items }: TaskSnapshot, request: RetryRequest): boolean {
  return (
    request.items === 'failed' &&
    status === 'succeeded' &&
    (items?.failures.length ?? 0) < (items?.failed ?? 0)
  );
}

/**
 * The items that a retry of the task runs: undefined means all of them. `before`: the items that the task itself was
 * limited to. Throws 'not-retryable', with the reason, where the request cannot be met.
 */
function itemsToRetry(
  { id, status, items }: TaskSnapshot,
  before: readonly string[] | undefined,
  request: RetryRequest,
  known: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!isTerminal(status)) throw refusals.notRetryable(id, status);
  if (request.items === undefined) return before;
  if (status !== 'succeeded') {
    throw refused(id, `it ended ${status}, so nothing of it was stored; retry the whole task`, { status });
  }
  if (!items || items.failed === 0) throw refused(id, 'none of its items failed', { failed: 0 });
  const { failed, failures } = items;
  if (failed > MAX_RETRIED) {
    throw refused(
      id,
      `${failed} of its items failed, and a retry runs at most ${MAX_RETRIED}; retry the whole task`,
      {
        failed,
      },
    );
  }
  if (known && known.length > 0) return known;
  if (failures.length < failed) {
    const kept = `${failed} of its items failed and only ${failures.length} are known by id; retry the whole task`;
    throw refused(id, kept, { failed });
  }
  return failures.map((failure) => failure.id);
}

function refused(id: string, reason: string, details: Record<string, unknown>): TaskRefusal {
  const message = `The failed items of task "${id}" cannot be retried: ${reason}`;
  return new TaskRefusal({ code: 'not-retryable', message, details });
}

/** The task with why it waits, if it does. */
export function withWaiting(task: TaskSnapshot, waits: ReadonlyMap<string, TaskWaiting>): TaskSnapshot {
  const waiting = waits.get(task.id);
  return waiting ? { ...task, waiting } : task;
}

/** The params of a run, without its nodes: there may be thousands, and a list may have hundreds of runs. */
function paramsInList({ graph, kept: _, only: _only, ...params }: TaskSnapshot['params']) {
  const name = isRecord(graph) ? graph.name : undefined;
  return { ...params, graph: { name, nodes: [], links: [] } };
}

/**
 * The number of failures of each task that a page of a list carries. A task by itself, and its events, carry all that
 * are kept.
 */
const FAILURES_IN_LIST = 20;

/** The task as a page of a list shows it: without its result, with few of its failures, and of a graph with its name alone. */
export function listed({ result: _, ...whole }: TaskSnapshot): TaskSnapshot {
  const task = whole.name === WORKFLOW_TASK ? { ...whole, params: paramsInList(whole.params) } : whole;
  const { items } = task;
  if (!items || items.failures.length <= FAILURES_IN_LIST) return task;
  return { ...task, items: { ...items, failures: items.failures.slice(0, FAILURES_IN_LIST) } };
}
