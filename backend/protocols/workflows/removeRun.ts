import { isTerminal, RUN_TAG, type TaskSnapshot } from '../../../src/contract/index.ts';
import { isTaskRefusal, TaskRefusal } from '../../common/TaskRefusal.ts';
import type { Caller, TaskEngine } from '../../tasks/TaskEngine.ts';

/** A run that was cancelled, and what runs of it, have so long to end. */
const PATIENCE_MS = 10_000;
const PAGE = 200;

/**
 * Cancels a run where it goes on, waits for its end and that of its nodes, and clears it with their tasks. Rejects with 'not-finished'
 * where that takes more than 10 s: it is being cancelled, and the same call clears it later.
 */
export async function removeRun(engine: TaskEngine, run: TaskSnapshot, caller: Caller): Promise<void> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const { signal } = patience;
    if (!isTerminal(run.status)) await cancel(engine, run.id, caller, signal);
    await nodesEnded(engine, run.id, caller, signal);
    const { active } = await engine.clear([run.id], caller);
    if (active.length > 0) throw notFinished(run.id);
  } finally {
    clearTimeout(timer);
  }
}

async function cancel(engine: TaskEngine, id: string, caller: Caller, signal: AbortSignal): Promise<void> {
  await unlessOver(async () => {
    await engine.cancel(id, caller);
    await ended(engine, [id], caller, signal);
  });
}

/** Passes over the refusal of a task that has ended, or was cleared, meanwhile. */
async function unlessOver(end: () => Promise<void>): Promise<void> {
  try {
    await end();
  } catch (error) {
    const isOver = isTaskRefusal(error) && ['already-finished', 'task-not-found'].includes(error.error.code);
    if (!isOver) throw error;
  }
}

/** A node that is still about to stop would stay behind as a task of its own. */
async function nodesEnded(
  engine: TaskEngine,
  id: string,
  caller: Caller,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { tasks } = await engine.list({ tag: `${RUN_TAG}${id}`, status: 'active', limit: PAGE }, caller);
    // Only what is to be cancelled is waited for: anybody may give a task of their own this tag.
    const stopping = tasks.flatMap((task) => (task.cancelRequested ? [task.id] : []));
    if (stopping.length === 0) return;
    await unlessOver(() => ended(engine, stopping, caller, signal));
    if (signal.aborted) throw notFinished(id);
  }
}

/** Resolves when all of these have ended, or the signal is aborted. */
async function ended(
  engine: TaskEngine,
  ids: readonly string[],
  caller: Caller,
  signal: AbortSignal,
): Promise<void> {
  const cursors = Object.fromEntries(ids.map((id) => [id, null]));
  const open = new Set(ids);
  for await (const { type, taskId } of engine.events({ cursors }, { caller, signal })) {
    if (isTerminal(type)) open.delete(taskId);
    if (open.size === 0) return;
  }
}

function notFinished(id: string): TaskRefusal {
  return new TaskRefusal({
    code: 'not-finished',
    message: `Workflow "${id}" is being cancelled and has not ended yet; delete it once more`,
  });
}
