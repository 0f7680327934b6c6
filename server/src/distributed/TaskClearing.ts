import { isVisible } from '../../../backend/tasks/access.ts';
import type { Caller, Cleared } from '../../../backend/tasks/TaskEngine.ts';
import { isTerminal } from '../../../src/contract/index.ts';
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
    const ended = visible.filter(({ status }) => isTerminal(status));
    // The end of a task that has just ended is published first. Else a worker would write to a log that is gone.
    await this.#reads.snapshots(ended.filter(({ published }) => !published));
    return {
      cleared: await this.#clear(ended.map(({ id }) => id)),
      active: visible.filter(({ status }) => !isTerminal(status)).map(({ id, status }) => ({ id, status })),
    };
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
