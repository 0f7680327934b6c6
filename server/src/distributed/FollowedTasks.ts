import { isVisible } from '../../../backend/tasks/access.ts';
import { Subscription } from '../../../backend/tasks/Subscription.ts';
import type { Caller, CursorFilter } from '../../../backend/tasks/TaskEngine.ts';
import { refusals } from '../../../backend/tasks/taskErrors.ts';
import { isTerminal } from '../../../src/contract/index.ts';
import type { LogMirrors } from './logs/LogMirrors.ts';
import type { TaskLookup } from './rows/TaskLookup.ts';

/** Opens and keeps the subscriptions to the events of tasks, for a server's streams. */
export class FollowedTasks {
  readonly #mirrors: LogMirrors;
  readonly #lookup: TaskLookup;
  readonly #subscriptions = new Set<Subscription>();
  #isClosed = false;

  constructor(mirrors: LogMirrors, lookup: TaskLookup) {
    this.#mirrors = mirrors;
    this.#lookup = lookup;
  }

  /** Rejects with 'task-not-found' that names the tasks which are not there, or not the caller's. */
  async subscribe(cursors: CursorFilter['cursors'], caller: Caller): Promise<Subscription> {
    await this.#refuseMissing(Object.keys(cursors), caller);
    const opened = await this.#openAll(cursors);
    const subscription = new Subscription(
      opened.map(({ id, log }) => ({ log, cursor: cursors[id] ?? null })),
      () => {
        this.#subscriptions.delete(subscription);
        for (const { release } of opened) release();
      },
    );
    if (this.#isClosed) {
      subscription.close();
      throw refusals.closed();
    }
    this.#subscriptions.add(subscription);
    return subscription;
  }

  close(): void {
    this.#isClosed = true;
    for (const subscription of [...this.#subscriptions]) subscription.close();
  }

  async #refuseMissing(ids: string[], caller: Caller): Promise<void> {
    const unread = ids.filter((id) => {
      const live = this.#mirrors.current(id);
      // A task that has ended may have been cleared since.
      return !live || isTerminal(live.status) || !isVisible(live, caller);
    });
    if (unread.length === 0) return;
    const storable = unread.filter((id) => !id.includes('\0'));
    const rows = (await this.#lookup.findAll(storable)).filter((row) => isVisible(row, caller));
    const found = new Set(rows.map(({ id }) => id));
    const missing = unread.filter((id) => !found.has(id));
    if (missing.length > 0) throw refusals.taskNotFound(missing);
  }

  async #openAll(cursors: CursorFilter['cursors']) {
    const opening = Object.entries(cursors).map(async ([id, cursor]) => ({
      id,
      ...(await this.#mirrors.open(id, cursor ?? 0)),
    }));
    const opened = await Promise.allSettled(opening);
    const failed = opened.find((each) => each.status === 'rejected');
    if (failed) {
      for (const each of opened) if (each.status === 'fulfilled') each.value.release();
      throw failed.reason;
    }
    return opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }
}
