import { useEffect, useRef, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { TaskSnapshot } from '../../contract/index.ts';
import type { HostMap } from '../../host/contract.ts';
import type { TaskHues } from '../../parts/taskHues.ts';
import { type PickedTask, TasksOnMap } from './TasksOnMap.ts';

export interface TasksOnMapProps {
  system: SystemClient | undefined;
  map: HostMap | undefined;
  hues: TaskHues | undefined;
  /** The tasks that the map shows: those that run, and those that ended a moment ago. Another object when they changed. */
  tasks: readonly TaskSnapshot[];
  /** A user clicked on what a task has built, or on one of its failed items. */
  onPick?: ((picked: PickedTask) => void) | undefined;
}

/**
 * Draws tasks on the host's map as long as the component is mounted. Undefined where the host has no map for that.
 *
 * @example
 * useTasksOnMap({ system, map: app.map, hues, tasks, onPick: ({ taskId }) => select(taskId) });
 */
export function useTasksOnMap({ system, map, hues, tasks, onPick }: TasksOnMapProps): TasksOnMap | undefined {
  const [onMap, setOnMap] = useState<TasksOnMap>();
  const picked = useRef(onPick);
  useEffect(() => {
    picked.current = onPick;
  }, [onPick]);
  useEffect(() => {
    if (!system || !map?.taskOverlay || !hues) return;
    const made = new TasksOnMap({ system, map, hues, onPick: (pick) => picked.current?.(pick) });
    setOnMap(made);
    return () => {
      made.dispose();
      setOnMap(undefined);
    };
  }, [system, map, hues]);
  useEffect(() => onMap?.update(tasks), [onMap, tasks]);
  return onMap;
}
