import { useMemo } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import { isTerminal } from '../contract/index.ts';
import type { HostMap } from '../host/contract.ts';
import type { TaskHues } from '../parts/taskHues.ts';
import { useNow } from '../parts/useNow.ts';
import type { MonitorTasks } from './MonitorTasks.ts';
import { useTasksOnMap } from './map/useTasksOnMap.ts';

export interface TasksLayerProps {
  system: SystemClient | undefined;
  map: HostMap;
  hues: TaskHues;
  store: MonitorTasks;
  structure: number;
  /** A user clicked on what a task has built, or on one of its failed items. */
  onPick(taskId: string): void;
}

/** A task's box on the map grows while it runs: it is passed to the map so often. */
const EVERY_MS = 5_000;

/** Draws on the map what the running tasks of the list build, and where items of those that ended a moment ago failed. */
export function TasksLayer({ system, map, hues, store, structure, onPick }: TasksLayerProps) {
  const moment = Math.floor(useNow() / EVERY_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map of tasks changes in place.
  const tasks = useMemo(
    () => [...store.tasks.values()].filter(({ id, status }) => !isTerminal(status) || store.endedNow.has(id)),
    [store, structure, moment],
  );
  useTasksOnMap({ system, map, hues, tasks, onPick: ({ taskId }) => onPick(taskId) });
  return null;
}
