import { jsonOfText } from '../../../../backend/common/JsonText.ts';
import { listed } from '../../../../backend/tasks/callOfRetry.ts';
import { withLoggedState } from '../../../../backend/tasks/rebuildTask.ts';
import type { WatchedTask } from '../../../../backend/tasks/watch/TaskChange.ts';
import { selectableOf } from '../../../../backend/tasks/watch/TaskSelection.ts';
import { isTerminal, type TaskSnapshot } from '../../../../src/contract/index.ts';
import type { RedisLogs } from '../logs/RedisLogs.ts';
import type { TaskLookup } from '../rows/TaskLookup.ts';
import { snapshotOf } from '../rows/taskRow.ts';
import type { ChangedRows } from './ChangedRows.ts';

/** The newest state of a task, for watchers. */
export interface ReadTask extends WatchedTask {
  /** The number of its newest event; Infinity: it was deleted. */
  seq: number;
  hasEnded: boolean;
  /** Characters of its JSON. */
  size: number;
}

/** Reads the newest states of many tasks at once: two queries, and one round of Redis. */
export class ChangeReads {
  readonly #lookup: TaskLookup;
  readonly #logs: RedisLogs;
  readonly #changed: ChangedRows;

  constructor(parts: { lookup: TaskLookup; logs: RedisLogs; changed: ChangedRows }) {
    this.#lookup = parts.lookup;
    this.#logs = parts.logs;
    this.#changed = parts.changed;
  }

  /** Leaves out tasks that never were, and those that were deleted so long ago that nothing is known of them. */
  async read(ids: readonly string[]): Promise<Map<string, ReadTask>> {
    const found = new Map<string, ReadTask>();
    // The logs before the rows: where a log is behind its row, the change that it lacks is still to come.
    const states = await this.#logs.states(ids);
    for (const row of await this.#lookup.listed(ids)) {
      const stored = snapshotOf(row);
      const state = states.get(row.id);
      if (!state || state.attempt !== row.attempt) found.set(row.id, readTask(stored));
      else if (isTerminal(row.status))
        found.set(row.id, readTask({ ...stored, seq: Math.max(stored.seq, state.seq) }));
      else found.set(row.id, readTask(withLoggedState(stored, state)));
    }
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    for (const [id, facts] of await this.#changed.forgotten(missing)) {
      found.set(id, { facts, snapshot: undefined, seq: Number.POSITIVE_INFINITY, hasEnded: true, size: 0 });
    }
    return found;
  }
}

function readTask(task: TaskSnapshot): ReadTask {
  const text = JSON.stringify(listed(task));
  return {
    facts: selectableOf(task),
    snapshot: jsonOfText(text),
    seq: task.seq,
    hasEnded: isTerminal(task.status),
    size: text.length,
  };
}
