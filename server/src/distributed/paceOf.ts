/** How often servers and workers look for what went wrong, for those that build them. */
export interface Pace {
  /** A worker that has not renewed its lock of a task for so long is taken for lost. It renews twice in that time. */
  lockMs: number;
  /** How often workers look for such locks. Together with `lockMs`: how late a lost task is begun again. */
  stalledCheckMs: number;
  /** How often a worker compares the rows of its running tasks with what it knows of them. */
  touchMs: number;
  /** How often one of the servers and workers sweeps: see Sweeper. */
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
