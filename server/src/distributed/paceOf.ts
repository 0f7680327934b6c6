/** The times after which servers and workers look for losses, for the code that builds them. */
export interface Pace {
  /** A worker that has not renewed its lock of a task for so long is taken for lost. It renews twice in that time. */
  lockMs: number;
  /** Workers look for such locks this often. Together with `lockMs` it decides how late a lost task begins again. */
  stalledCheckMs: number;
  /** A worker compares the rows of its running tasks with its own knowledge this often. */
  touchMs: number;
  /** One of the servers and workers sweeps this often: see Sweeper. */
  sweepMs: number;
}

/** A lost task runs again within 9 s then, well below the 15 s that are promised. */
const DEFAULT_LOST_AFTER_SECONDS = 6;

/**
 * All times that follow from one: after how many seconds of silence a worker is lost. Less of it notices a loss sooner,
 * and takes a worker for lost that is merely slow.
 *
 * @example
 * paceOf(6).stalledCheckMs; // 3000
 */
export function paceOf(lostAfterSeconds = DEFAULT_LOST_AFTER_SECONDS): Pace {
  const lockMs = lostAfterSeconds * 1_000;
  return { lockMs, stalledCheckMs: lockMs / 2, touchMs: lockMs / 2, sweepMs: Math.round(lockMs / 3) };
}
