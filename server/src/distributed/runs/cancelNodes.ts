import { passOnCancellation } from '../passOnCancellation.ts';
import { publishEnd } from '../publishEnd.ts';
import type { TaskRow } from '../rows/taskRow.ts';
import type { TaskServices } from '../TaskServices.ts';

/** Calls that are under way at the same time. */
const AT_ONCE = 20;

/** Cancels the tasks of a run's nodes, and says so to their workers and followers. */
export async function cancelNodes(run: string, services: TaskServices): Promise<void> {
  const { runs, rows, dispatcher, observer } = services;
  const changed = await runs.cancel(run);
  if (changed.length === 0) return;
  const tell = async (row: TaskRow) => {
    if (row.status !== 'cancelled') return passOnCancellation(row, services);
    await dispatcher.remove(row);
    // Else the sweeper publishes it.
    await publishEnd(row, services).catch((error) =>
      observer.problem?.(`The end of task ${row.id} could not be logged yet`, error),
    );
  };
  for (let from = 0; from < changed.length; from += AT_ONCE) {
    await Promise.all(changed.slice(from, from + AT_ONCE).map(tell));
  }
  await rows.dispatch([...new Set(changed.map(({ owner }) => owner))]);
}
