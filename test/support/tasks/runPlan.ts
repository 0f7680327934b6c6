import { planAreaTask } from '../../../backend/definitions/planArea/planAreaTask.ts';
import type { NetworkStore } from '../../../backend/network/NetworkStore.ts';
import type { TaskContext } from '../../../backend/tasks/defineTask.ts';
import type { TaskItem } from '../../../src/contract/index.ts';
import type { PlanAreaParams, PlanAreaResult } from '../../../src/contract/planArea.ts';

type Progress = Parameters<TaskContext['progress']>[0];

export interface PlanRun {
  result: PlanAreaResult;
  progress: Progress[];
  items: TaskItem[];
  log: string[];
}

/** What an engine does with plan_area_task: validate, check, execute, commit; nothing is stored where one rejects. */
export async function runPlan(
  store: NetworkStore,
  params: PlanAreaParams,
  { items: only, signal = new AbortController().signal }: { items?: string[]; signal?: AbortSignal } = {},
): Promise<PlanRun> {
  const outcome = await planAreaTask.params['~standard'].validate(params);
  if (outcome.issues) throw new Error(JSON.stringify(outcome.issues));
  const checked = store.begin();
  await planAreaTask.check?.(outcome.value, { network: checked });
  checked.rollback();

  const network = store.begin({ taskId: 'plan' });
  const [progress, items, log]: [Progress[], TaskItem[], string[]] = [[], [], []];
  try {
    const result = await planAreaTask.execute(outcome.value, {
      taskId: 'plan',
      attempt: 1,
      signal,
      ...(only && { items: only }),
      log: (level, message) => log.push(`${level}: ${message}`),
      network,
      item: (_id, work) => work(),
      progress: async (update) => {
        progress.push(update);
        for (const item of update.items ?? []) items.push(item);
      },
    });
    await network.commit();
    return { result, progress, items, log };
  } catch (error) {
    network.rollback();
    throw error;
  }
}
