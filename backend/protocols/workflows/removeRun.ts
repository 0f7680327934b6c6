import { isTerminal, type TaskSnapshot } from '../../../src/contract/index.ts';
import { isTaskRefusal, TaskRefusal } from '../../common/TaskRefusal.ts';
import type { Caller, TaskEngine } from '../../tasks/TaskEngine.ts';

/** A run that was cancelled has so long to end. */
const PATIENCE_MS = 10_000;

/**
 * Cancels a run where it goes on, waits for its end, and clears it with the tasks of its nodes. Rejects with 'not-finished' where it
 * has not ended in 10 s: it is being cancelled, and the same call clears it later.
 */
export async function removeRun(engine: TaskEngine, run: TaskSnapshot, caller: Caller): Promise<void> {
  if (!isTerminal(run.status)) await stop(engine, run.id, caller);
  const { active } = await engine.clear([run.id], caller);
  if (active.length === 0) return;
  throw new TaskRefusal({
    code: 'not-finished',
    message: `Workflow "${run.id}" is being cancelled and has not ended yet; delete it once more`,
  });
}

async function stop(engine: TaskEngine, id: string, caller: Caller): Promise<void> {
  try {
    await engine.cancel(id, caller);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for await (const { type } of engine.events({ cursors: { [id]: null } }, { caller, signal })) {
      if (isTerminal(type)) return;
    }
  } catch (error) {
    // It has ended, or was cleared, meanwhile.
    const isOver = isTaskRefusal(error) && ['already-finished', 'task-not-found'].includes(error.error.code);
    if (!isOver) throw error;
  }
}
