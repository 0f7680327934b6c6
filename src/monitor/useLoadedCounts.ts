import { useMemo } from 'react';
import { isNodeTask } from '../contract/index.ts';
import type { MonitorState, MonitorTasks } from './MonitorTasks.ts';
import { isActive } from './monitorFilter.ts';

/** Counts the tasks that the list has read, for the tabs. */
export function useLoadedCounts(store: MonitorTasks, { structure }: MonitorState) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map of tasks changes in place, and `structure` says when.
  return useMemo(() => {
    let [active, finished] = [0, 0];
    for (const task of store.tasks.values()) {
      if (isNodeTask(task)) continue;
      if (isActive(task)) active += 1;
      else finished += 1;
    }
    return { active, finished };
  }, [store, structure]);
}
