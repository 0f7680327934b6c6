import { TaskRefusal } from '../../common/TaskRefusal.ts';
import { MAX_REFERRERS } from './DesignHistory.ts';
import type { KeptRecord } from './undoTypes.ts';

/** An error names so many records at most. */
const NAMED_RECORDS = 100;
const SHOWN_RECORDS = 3;

/** The refusals of an undo, the same for every store. */
export const undoRefusals = {
  /** Nothing is known of what the run was before it, or not all that came since. */
  notKept: (taskId: string) =>
    new TaskRefusal({
      code: 'undo-not-kept',
      message:
        `It is not known any more what task "${taskId}" changed: its design was posted or deleted, it wrote to none, or too much has ` +
        'changed since. Delete its records by hand, or drop the design.',
      details: { task: taskId },
    }),
  alreadyUndone: (taskId: string, by: string | undefined) =>
    new TaskRefusal({
      code: 'already-undone',
      message: `What task "${taskId}" changed is as it was before${by === undefined ? '' : `: task "${by}" has undone it. Undo that one to have it again`}.`,
      details: { task: taskId, ...(by !== undefined && { by }) },
    }),
  conflict: (taskId: string, kept: readonly KeptRecord[]) =>
    new TaskRefusal({
      code: 'undo-conflict',
      message:
        `Others have built on ${kept.length === 1 ? 'a record' : `${kept.length} records`} of task "${taskId}" since: ` +
        `${kept.slice(0, SHOWN_RECORDS).map(said).join('; ')}${kept.length > SHOWN_RECORDS ? '; and more' : ''}. ` +
        "Undo what they did first, or undo with `others: 'keep'`, which leaves those records as they are.",
      details: { task: taskId, records: kept.slice(0, NAMED_RECORDS), count: kept.length },
    }),
  allKept: (taskId: string) =>
    new TaskRefusal({
      code: 'undo-nothing',
      message: `Others have built on all that task "${taskId}" changed, so nothing of it can be undone. Undo what they did first.`,
      details: { task: taskId },
    }),
  tooLarge: (taskId: string) =>
    new TaskRefusal({
      code: 'undo-too-large',
      message: `More than ${MAX_REFERRERS} records of others refer to what task "${taskId}" built. Undo what they did first.`,
      details: { task: taskId },
    }),
};

function said({ record, reason, to }: KeptRecord): string {
  switch (reason) {
    case 'refers':
      return `${record} refers to ${to}`;
    case 'missing':
      return `${record} would refer to ${to}, which is not there any more`;
    default:
      return `${record} was ${reason}`;
  }
}
