import { useCallback, useRef } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import { createRemainingTime, type Remaining, type RemainingTime } from '../parts/remaining.ts';
import type { MonitorTasks } from './MonitorTasks.ts';

/** Estimates are kept for so many tasks, the ones that were shown last. */
const MOST = 200;

/** Estimates what is left of the tasks that are shown, from how far they were when they were drawn. */
export function useRemaining(store: MonitorTasks): (task: TaskSnapshot, nowMs: number) => Remaining {
  const estimates = useRef(new Map<string, RemainingTime>());
  return useCallback(
    ({ id, attempt, progress: { percent }, startedAt }, nowMs) => {
      if (percent === null || !startedAt) return undefined;
      const key = `${id} ${attempt}`;
      let estimate = estimates.current.get(key);
      if (!estimate) {
        estimate = createRemainingTime();
        const elapsedMs = store.clock.at(nowMs) - Date.parse(startedAt);
        estimate.add(0, 100, nowMs - Math.max(0, elapsedMs));
        estimates.current.set(key, estimate);
        const [oldest] = estimates.current.keys();
        if (estimates.current.size > MOST && oldest !== undefined) estimates.current.delete(oldest);
      }
      estimate.add(percent, 100, nowMs);
      return estimate.at(nowMs);
    },
    [store],
  );
}
