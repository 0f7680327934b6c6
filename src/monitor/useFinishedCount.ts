import { useEffect, useState } from 'react';
import type { FinishedCount, FinishedCounter } from './FinishedCounter.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

/**
 * The number of tasks that have ended, also of those that the list has not read. Undefined where the client cannot count, or
 * the server has not answered.
 *
 * @param loaded the number of those that the list has read. When it changes, the server is asked again; undefined as long as
 * the list is not there
 */
export function useFinishedCount(store: MonitorTasks, loaded: number | undefined): FinishedCount | undefined {
  const [known, setKnown] = useState<{ of: MonitorTasks; finished: FinishedCount }>();
  const [asker, setAsker] = useState<FinishedCounter>();
  useEffect(() => {
    if (!store.system.countTasks) return;
    let end = () => {};
    let isOver = false;
    import('./FinishedCounter.ts').then(
      ({ FinishedCounter: Counter }) => {
        if (isOver) return;
        const made = new Counter(store, (finished) => setKnown({ of: store, finished }));
        setAsker(made);
        end = () => made.dispose();
      },
      // The tab says how many were read.
      () => undefined,
    );
    return () => {
      isOver = true;
      end();
    };
  }, [store]);
  useEffect(() => {
    if (loaded !== undefined) asker?.ask();
  }, [asker, loaded]);
  return known?.of === store ? known.finished : undefined;
}
