import type { TaskSnapshot } from '../../src/contract/index.ts';
import { jsonOfValue } from '../common/JsonText.ts';
import { listed } from '../tasks/callOfRetry.ts';
import { newId } from '../tasks/newTask.ts';
import { ChangeFeed } from '../tasks/watch/ChangeFeed.ts';
import { type ChangedTask, type ChangeSource, MAX_BEHIND } from '../tasks/watch/ChangeSource.ts';
import { selectableOf } from '../tasks/watch/TaskSelection.ts';
import type { TaskEntry } from './TaskEntry.ts';

/** The changes of so many deleted tasks are kept, for watchers that come back. */
const MAX_REMOVED = 1_000;

/** Numbers the changes of an EmbeddedEngine's tasks, for its watchers. The numbers live as long as the engine. */
export class EntryFeed implements ChangeSource {
  readonly feed = new ChangeFeed(this, newId(), 0);
  /** Ids of deleted tasks, the one that was deleted first in front. */
  readonly #removed = new Set<string>();
  /** Changes up to this number are not all known. */
  #floor = 0;

  /** From now on each event of the task is a change. */
  add(entry: TaskEntry): void {
    entry.log.watch(() => this.change(entry));
    this.change(entry);
  }

  /** The task changed. */
  change(entry: TaskEntry): void {
    this.#push(entry, () => watched(entry.task, true));
  }

  remove(entry: TaskEntry): void {
    const { task } = entry.log;
    this.#push(entry, () => watched(task, false));
    this.#removed.add(task.id);
    const [oldest] = this.#removed;
    if (oldest === undefined || this.#removed.size <= MAX_REMOVED) return;
    this.#removed.delete(oldest);
    this.#floor = this.feed.latest(oldest)?.number ?? this.#floor;
    this.feed.forget(oldest);
  }

  between(after: number, upTo: number): ChangedTask[] | undefined {
    if (after < this.#floor) return undefined;
    const changed = Array.from(this.feed.changes()).filter(({ number }) => number > after && number <= upTo);
    return changed.length > MAX_BEHIND ? undefined : changed.sort((a, b) => a.number - b.number);
  }

  #push(entry: TaskEntry, read: () => ReturnType<typeof watched>): void {
    this.feed.push(entry.log.task.id, this.feed.number + 1, read);
  }
}

function watched(task: TaskSnapshot, isThere: boolean) {
  return { facts: selectableOf(task), snapshot: isThere ? jsonOfValue(listed(task)) : undefined };
}
