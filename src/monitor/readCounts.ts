import { isRecord, TASK_STATUSES, type TaskCounts } from '../contract/index.ts';

/** The counts of an answer; undefined where it has none. A host's own client may answer something else. */
export function readCounts(answer: unknown): TaskCounts | undefined {
  if (!isRecord(answer) || !isRecord(answer.byStatus)) return undefined;
  const byStatus = { queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
  for (const status of TASK_STATUSES) {
    const count = answer.byStatus[status];
    if (typeof count !== 'number' || !Number.isFinite(count)) return undefined;
    byStatus[status] = count;
  }
  const others = typeof answer.others === 'number' && Number.isFinite(answer.others) ? answer.others : 0;
  return { byStatus, others, ...(answer.isCapped === true && { isCapped: true }) };
}
