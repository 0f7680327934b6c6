import type { CustomerConnectionResult } from '../../../backend/definitions/connectCustomers.ts';
import { customerConnectionTask } from '../../../backend/definitions/customerConnection.ts';
import type { CustomerConnectionParams } from '../../../backend/definitions/customerConnectionParams.ts';
import type { MemoryStore } from '../../../backend/network/MemoryStore.ts';
import type { TaskContext } from '../../../backend/tasks/defineTask.ts';

type Progress = Parameters<TaskContext['progress']>[0];

export interface Run {
  result: CustomerConnectionResult;
  progress: Progress[];
}

/** What an engine does with the definition: validate, check, execute, commit; nothing is stored where one rejects. */
export async function runTask(
  store: MemoryStore,
  params: object,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Run> {
  const outcome = await customerConnectionTask.params['~standard'].validate(params);
  if (outcome.issues) throw new Error(JSON.stringify(outcome.issues));
  const checked = store.begin();
  await customerConnectionTask.check?.(outcome.value, { network: checked });
  checked.rollback();

  const network = store.begin();
  const progress: Progress[] = [];
  try {
    const result = await customerConnectionTask.execute(outcome.value, {
      taskId: '1',
      attempt: 1,
      signal: new AbortController().signal,
      log: () => {},
      network,
      item: (_id, work) => work(),
      progress: async (update) => {
        onProgress(update);
        progress.push(update);
      },
    });
    await network.commit();
    return { result, progress };
  } catch (error) {
    network.rollback();
    throw error;
  }
}

export const NORTH = { design: 'design/North', pole_id: 3, seed: 1 } satisfies CustomerConnectionParams;

/** All records of a design's own, by table. */
export async function ownRecords(store: MemoryStore, design: string, table: Parameters<TableOf>[0]) {
  const view = await store.begin().view(design);
  return (await view.table(table).recs()).filter((record) => record.design === design);
}

type TableOf = Awaited<ReturnType<TaskContext['network']['view']>>['table'];
