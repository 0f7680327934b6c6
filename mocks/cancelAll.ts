import { isTaskRefusal } from '../backend/common/TaskRefusal.ts';
import type { TaskEngine } from '../backend/tasks/TaskEngine.ts';

const everyone = { owner: 'mock-backend', admin: true };

/** Asks for the cancellation of every task that has not ended. */
export async function cancelAll(engine: TaskEngine): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await engine.list(
      { status: 'active', limit: 200, ...(cursor !== undefined && { cursor }) },
      everyone,
    );
    for (const { id } of page.tasks) {
      await engine.cancel(id, everyone).catch((error) => {
        // The task has ended meanwhile, which serves as well.
        if (!(isTaskRefusal(error) && error.error.code === 'already-finished')) throw error;
      });
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
