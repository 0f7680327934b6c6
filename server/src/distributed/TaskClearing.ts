import { isVisible } from '../../../backend/tasks/access.ts';
import { type Caller, type Cleared, MAX_CLEARED } from '../../../backend/tasks/TaskEngine.ts';
import { isTerminal, type TaskStatus, WORKFLOW_TASK } from '../../../src/contract/index.ts';
import type { TaskRow } from './rows/taskRow.ts';
import { untilUnlocked } from './rows/untilUnlocked.ts';
import type { TaskReads } from './TaskReads.ts';
import type { TaskServices } from './TaskServices.ts';

/** Removes tasks that have ended for a server's callers: the rows, then the logs. */
export class TaskClearing {
  readonly #services: TaskServices;
  readonly #reads: TaskReads;

  constructor(services: TaskServices, reads: TaskReads) {
    this.#services = services;
    this.#reads = reads;
  }

  async clear(ids: readonly string[], caller: Caller): Promise<Cleared> {
    const { lookup } = this.#services;
    const rows = await lookup.listed(ids.filter((id) => !id.includes('\0')));
    const visible = rows.filter((row) => isVisible(row, caller));
    const activeRuns = await this.#activeRuns(visible);
    // A run needs its nodes until it has ended.
    const statusOf = ({ status, run_id }: TaskRow) => activeRuns.get(run_id ?? '') ?? status;
    const ended = visible.filter((row) => isTerminal(row.status) && isTerminal(statusOf(row)));
    // The end of a task that has just ended is published first. Else a worker would write to a log that is gone.
    await this.#reads.snapshots(ended.filter(({ published }) => !published));
    const cleared = await this.#clear(ended.map(({ id }) => id));
    await this.#clearNodes(ended.filter(({ name }) => name === WORKFLOW_TASK).map(({ id }) => id));
    return {
      cleared,
      active: visible
        .filter((row) => !ended.includes(row))
        .map((row) => ({ id: row.id, status: isTerminal(row.status) ? statusOf(row) : row.status })),
    };
  }

  /** The runs that have not ended, of which these tasks are nodes, with their statuses. */
  async #activeRuns(rows: readonly TaskRow[]): Promise<Map<string, TaskStatus>> {
    const ids = new Set(rows.flatMap(({ run_id }) => run_id ?? []));
    const runs = ids.size > 0 ? await this.#services.lookup.listed([...ids]) : [];
    return new Map(runs.filter(({ status }) => !isTerminal(status)).map(({ id, status }) => [id, status]));
  }

  async #clearNodes(runs: readonly string[]): Promise<void> {
    if (runs.length === 0) return;
    const { runs: runRows, lookup } = this.#services;
    const nodes = await runRows.idsOf(runs);
    for (let from = 0; from < nodes.length; from += MAX_CLEARED) {
      const rows = await lookup.listed(nodes.slice(from, from + MAX_CLEARED));
      const ended = rows.filter(({ status }) => isTerminal(status));
      await this.#reads.snapshots(ended.filter(({ published }) => !published));
      await this.#clear(ended.map(({ id }) => id));
    }
  }

  async #clear(ids: readonly string[]): Promise<string[]> {
    const { rows, lookup, logs } = this.#services;
    let left = ids;
    const cleared = await untilUnlocked(async () => {
      const gone = left.length > 0 ? await rows.clear(left) : [];
      if (gone.length > 0) {
        this.#services.afterwards(
          'The logs of tasks that were cleared stay until they expire',
          logs.remove(gone),
        );
        this.#services.announce(gone);
        const all = new Set(gone);
        left = left.filter((id) => !all.has(id));
      }
      // The others are locked for a moment, or somebody else has cleared them.
      if (left.length > 0) left = (await lookup.listed(left)).map(({ id }) => id);
      return left.length === 0 ? ids : undefined;
    });
    const remaining = new Set(cleared ? [] : left);
    return ids.filter((id) => !remaining.has(id));
  }
}
