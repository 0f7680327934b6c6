import { isTerminal, MAX_COUNTED, type TaskCounts, type TaskStatus } from '../../src/contract/index.ts';

/** The answer of both engines to `count`: the sums of these, with those that have ended counted up to MAX_COUNTED. */
export function countsOf(
  counted: Iterable<{ status: TaskStatus; count: number; others: number }>,
): TaskCounts {
  const byStatus = { queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
  let others = 0;
  let ended = 0;
  for (const each of counted) {
    byStatus[each.status] += each.count;
    others += each.others;
    if (isTerminal(each.status)) ended += each.count;
  }
  return { byStatus, others, ...(ended > MAX_COUNTED && { isCapped: true }) };
}
