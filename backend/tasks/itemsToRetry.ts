import { isTerminal, type RetryRequest, type TaskSnapshot } from '../../src/contract/index.ts';
import { TaskRefusal } from '../common/TaskRefusal.ts';
import { refusals } from './taskErrors.ts';

/**
 * The items that a retry of the task runs: undefined means all of them. `before`: the items that the task itself was
 * limited to. Throws 'not-retryable', with the reason, where the request cannot be met.
 *
 * @example
 * itemsToRetry(task, undefined, { items: 'failed' }); // ['address/3', 'address/7']
 */
export function itemsToRetry(
  { id, status, items }: TaskSnapshot,
  before: readonly string[] | undefined,
  request: RetryRequest,
): readonly string[] | undefined {
  if (!isTerminal(status)) throw refusals.notRetryable(id, status);
  if (request.items === undefined) return before;
  if (status !== 'succeeded') {
    throw refused(id, `it ended ${status}, so nothing of it was stored; retry the whole task`, { status });
  }
  if (!items || items.failed === 0) throw refused(id, 'none of its items failed', { failed: 0 });
  const { failed, failures } = items;
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

/**
 * The number of failures of each task that a page of a list carries. A task by itself, and its events, carry all that
 * are kept.
 */
const FAILURES_IN_LIST = 20;

/** The task as a page of a list shows it: without its result, and with few of its failures. */
export function listed({ result: _, ...task }: TaskSnapshot): TaskSnapshot {
  const { items } = task;
  if (!items || items.failures.length <= FAILURES_IN_LIST) return task;
  return { ...task, items: { ...items, failures: items.failures.slice(0, FAILURES_IN_LIST) } };
}
