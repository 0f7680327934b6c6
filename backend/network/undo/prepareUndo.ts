import type { DesignHistory } from './DesignHistory.ts';
import { planUndo, type UndoPlan } from './planUndo.ts';
import { undoRefusals } from './undoRefusals.ts';
import type { UndoneRun, UndoOptions, UndoStep } from './undoTypes.ts';

/**
 * Plans the undoing of all that a task committed, in each design by `pin`, which is called before anything of the design is read:
 * from then on nobody else may commit to it. `stage` is called with each plan when all of them are known to be good. Rejects
 * with one of undoRefusals.
 */
export async function prepareUndo(
  taskId: string,
  { keepOthers = false, detailed = false }: UndoOptions,
  {
    history,
    pin,
    stage,
  }: {
    history: DesignHistory;
    pin(design: string): Promise<void>;
    stage(design: string, steps: readonly UndoStep[]): void;
  },
): Promise<UndoneRun> {
  for (const { designs } of await history.setsOf(taskId)) for (const design of designs) await pin(design);
  // They are read again: the first reading was of a moment before.
  const heads = await history.setsOf(taskId);
  const there = new Set(heads.map(({ design }) => design));
  const isWhole = heads.every(({ designs }) => designs.every((design) => there.has(design)));
  if (heads.length === 0 || !isWhole) throw undoRefusals.notKept(taskId);
  const plans: { design: string; plan: UndoPlan }[] = [];
  for (const head of heads) {
    const touched = await history.touched(head, { isWhole: keepOthers || detailed });
    if (!touched) throw undoRefusals.notKept(taskId);
    plans.push({ design: head.design, plan: await planUndo(taskId, head, touched, history) });
  }
  const steps = plans.flatMap(({ plan }) => plan.steps);
  const kept = plans.flatMap(({ plan }) => plan.kept);
  if (kept.length > 0 && !keepOthers) throw undoRefusals.conflict(taskId, kept);
  if (steps.length === 0) {
    throw kept.length > 0
      ? undoRefusals.allKept(taskId)
      : undoRefusals.alreadyUndone(taskId, await history.undoneBy(taskId));
  }
  for (const { design, plan } of plans) stage(design, plan.steps);
  return { designs: heads.map(({ design }) => `design/${design}`), steps, kept };
}
