import { isTerminal, type TaskSnapshot } from '../contract/index.ts';

/** While a task is active. */
const EVERY_MS = 3000;
/** Doubled with each failure in a row, up to a minute. */
const LONGEST_MS = 60_000;

export type PollResult = { tasks: readonly TaskSnapshot[] } | { thrown: unknown };

/**
 * Asks at once, again as long as a task is active or the server does not answer, and when the page is shown again.
 * It never asks while the page is hidden, and never twice at a time. Returns a function that stops it: afterwards the
 * caller gets no further answer.
 */
export function pollTasks(ask: () => unknown, onResult: (result: PollResult) => void): () => void {
  let stopped = false;
  let asking = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    clearTimeout(timer);
    if (stopped || asking || document.hidden) return;
    asking = true;
    let result: PollResult;
    try {
      result = { tasks: tasksOf(await ask()) };
      failures = 0;
    } catch (thrown) {
      result = { thrown };
      failures += 1;
    }
    asking = false;
    if (stopped) return;
    const active = 'tasks' in result && result.tasks.some(({ status }) => !isTerminal(status));
    const wait = Math.min(LONGEST_MS, EVERY_MS * 2 ** failures);
    if (active || failures > 0) timer = setTimeout(look, wait);
    onResult(result);
  }

  const onVisibility = () => void look();
  document.addEventListener('visibilitychange', onVisibility);
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}

/** A host's own client may resolve with anything. */
function tasksOf(page: unknown): TaskSnapshot[] {
  const tasks = typeof page === 'object' && page !== null && 'tasks' in page ? page.tasks : undefined;
  if (!Array.isArray(tasks)) throw new TypeError("The host's listTasks resolved without a list of tasks");
  return tasks;
}
