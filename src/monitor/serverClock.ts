import type { TaskSnapshot } from '../contract/index.ts';

/**
 * Estimates the clock of the server, so that a wrong clock on either side does not show in what has elapsed. A change that
 * comes live is news of this moment; a time in the future can only be the clock's fault.
 */
export interface ServerClock {
  /** Takes note of a task of a list. */
  listed(task: TaskSnapshot, nowMs: number): void;
  /** Takes note of a task whose status has just changed. */
  changed(task: TaskSnapshot, nowMs: number): void;
  /** The server's time, for a local one. Both are Unix time in milliseconds. */
  at(nowMs: number): number;
}

export function createServerClock(): ServerClock {
  /** The server's clock is so far behind the local one, in milliseconds. Negative: it is ahead. */
  let live: number | undefined;
  let ahead = 0;
  const behind = (task: TaskSnapshot, nowMs: number) => {
    const times = [task.createdAt, task.startedAt, task.cancelRequestedAt, task.finishedAt];
    return nowMs - Math.max(...times.map((at) => (at ? Date.parse(at) : 0)));
  };
  return {
    listed(task, nowMs) {
      ahead = Math.min(ahead, behind(task, nowMs));
    },
    changed(task, nowMs) {
      // A message is late at times, and never early.
      live = Math.min(live ?? Number.POSITIVE_INFINITY, behind(task, nowMs));
    },
    at: (nowMs) => nowMs - (live ?? ahead),
  };
}
