import { useEffect, useState } from 'react';
import type { TaskState } from '../client/taskStore.ts';
import type * as Look from './lookAtTask.ts';
import type { TaskControls } from './TaskSession.ts';

/** The words that a look at the task gives, and the task as it was then. */
export type Looked = Look.Looked;

/**
 * Asks the server for what a stream does not say: again and again why a queued task waits, and once who cancelled a task. The code
 * for that loads on demand. Undefined until the server has answered, and where it cannot say it.
 */
export function useLook(session: TaskControls, task: TaskState | undefined): Looked | undefined {
  const { id, status } = task ?? {};
  const [looked, setLooked] = useState<Looked & { key: string }>();
  const key = `${status} ${id}`;
  const isWanted = session.look !== undefined && (status === 'queued' || status === 'cancelled');
  useEffect(() => {
    if (!isWanted || !status) return;
    const closed = new AbortController();
    import('./lookAtTask.ts').then(
      ({ lookAtTask }) => lookAtTask(session, status, closed.signal, (found) => setLooked({ ...found, key })),
      // The dialog says that the task waits, or that it was cancelled.
      () => undefined,
    );
    return () => closed.abort();
  }, [session, isWanted, status, key]);
  return looked?.key === key ? looked : undefined;
}
