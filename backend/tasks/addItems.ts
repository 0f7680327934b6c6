import {
  type ItemFailure,
  type ItemSummary,
  MAX_ITEM_FAILURES,
  type TaskItem,
} from '../../src/contract/index.ts';

/**
 * The summary of a task's items once these are added to it. A failed item that is reported again counts as what it was
 * reported as last, for as long as its failure is among those that are kept.
 *
 * @example
 * addItems(undefined, [{ id: 'address/1', ok: true }]); // { ok: 1, failed: 0, failures: [] }
 */
export function addItems(before: ItemSummary | undefined, items: readonly TaskItem[]): ItemSummary {
  let { ok, failed } = before ?? { ok: 0, failed: 0 };
  const failures = new Map(before?.failures.map((failure) => [failure.id, failure]));
  for (const item of items) {
    if (failures.delete(item.id)) failed -= 1;
    if (item.ok) {
      ok += 1;
    } else {
      failed += 1;
      if (failures.size < MAX_ITEM_FAILURES) failures.set(item.id, failureOf(item));
    }
  }
  return { ok, failed, failures: [...failures.values()] };
}

function failureOf({ id, code, message, geometry }: ItemFailure): ItemFailure {
  return { id, code, message, ...(geometry && { geometry }) };
}
