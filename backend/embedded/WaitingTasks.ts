import type { TaskWaiting } from '../../src/contract/index.ts';
import { isVisible } from '../tasks/access.ts';
import { type DurationRange, rangeOf, startsAfter, startsIn } from '../tasks/startsIn.ts';
import type { Caller } from '../tasks/TaskEngine.ts';
import type { TaskEntry } from './TaskEntry.ts';
import type { TaskQueue } from './TaskQueue.ts';

/** Only so many durations of each queue are kept, the newest. */
const KEPT_DURATIONS = 50;

/** Says to callers of an EmbeddedEngine why its queued tasks wait. */
export class WaitingTasks {
  readonly #queue: TaskQueue;
  readonly #find: (id: string) => TaskEntry | undefined;
  /** Seconds that tasks took that succeeded, newest first, by queue. */
  readonly #durations = new Map<string, number[]>();

  constructor(queue: TaskQueue, find: (id: string) => TaskEntry | undefined) {
    this.#queue = queue;
    this.#find = find;
  }

  /** Notes how long a task took that succeeded. */
  noteDuration(queue: string, seconds: number): void {
    const before = this.#durations.get(queue) ?? [];
    this.#durations.set(queue, [seconds, ...before.slice(0, KEPT_DURATIONS - 1)]);
  }

  /** Why these tasks wait, by id, for a caller who may see them. Tasks that do not wait are not among them. */
  of(entries: readonly TaskEntry[], caller: Caller): Map<string, TaskWaiting> {
    const found = new Map<string, TaskWaiting>();
    const queued = entries.filter(({ state }) => state === 'waiting');
    if (queued.length === 0) return found;
    const waits = this.#queue.waits();
    for (const { log, dueAt } of queued) {
      const { id, queue } = log.task;
      const wait = waits.get(id);
      const range = rangeOf(this.#durations.get(queue) ?? []);
      if (!wait) {
        if (dueAt !== undefined) found.set(id, { reason: 'later', queue, notBefore: dueAt });
      } else if (wait.reason === 'exclusive') {
        found.set(id, this.#afterAnother(queue, wait, range, caller));
      } else {
        const { place } = wait;
        const slots = wait.reason === 'limit' ? wait.running : wait.slots;
        const startsInSeconds = startsIn({ place, slots, range });
        const limits = wait.reason === 'limit' && { running: wait.running, limit: wait.limit };
        const { reason } = wait;
        found.set(id, { reason, queue, place, ...limits, ...(startsInSeconds && { startsInSeconds }) });
      }
    }
    return found;
  }

  #afterAnother(
    queue: string,
    { heldBy, place }: { heldBy: string; place?: number },
    range: DurationRange | undefined,
    caller: Caller,
  ): TaskWaiting {
    const holder = this.#find(heldBy);
    const task = holder?.log.task;
    const elapsedSeconds = task?.status === 'running' ? holder?.runSeconds : undefined;
    const startsInSeconds = place === undefined ? undefined : startsAfter({ place, elapsedSeconds, range });
    return {
      reason: 'exclusive',
      queue,
      ...(place !== undefined && { place }),
      ...(task && isVisible(task, caller) && { heldBy: { id: task.id, name: task.name } }),
      ...(startsInSeconds && { startsInSeconds }),
    };
  }
}
