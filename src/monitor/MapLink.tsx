import { useEffect, useMemo } from 'react';
import type { SystemClient } from '../client/SystemClient.ts';
import { type BoundingBox, isNodeTask, isTerminal, type TaskSnapshot } from '../contract/index.ts';
import type { HostMap } from '../host/contract.ts';
import type { MonitorTasks } from './MonitorTasks.ts';
import { useTasksOnMap } from './map/useTasksOnMap.ts';
import { useHues } from './useHues.ts';
import { useMapPlace } from './useMapPlace.ts';

/** The monitor asks these of the host's map. It is another object when something of it has changed. */
export interface MapTools {
  /** The part of the world that the map shows, while it is wanted. */
  bounds: BoundingBox | undefined;
  zoomTo: (task: TaskSnapshot) => void;
  /** Frames the place of a task on the map; without a task, takes the frame away. */
  outline(task: TaskSnapshot | undefined, label: string): void;
  /** The task's colour on the map. */
  colourOf(taskId: string): string | undefined;
}

export interface MapLinkProps {
  system: SystemClient | undefined;
  map: HostMap;
  store: MonitorTasks;
  structure: number;
  /** Local time, Unix time in milliseconds. */
  nowMs: number;
  /** The filter selects by the part of the world that the map shows. */
  isInView: boolean;
  /** The filter selects by a place: the map frames the places of all tasks of the list. */
  isByPlace: boolean;
  /** A user clicked on what a task has built, or on one of its failed items. */
  onPick(taskId: string): void;
  onTools(tools: MapTools): void;
}

/** A task's box on the map grows while it runs: it is passed to the map so often. */
const EVERY_MS = 5_000;

/**
 * Binds the monitor to the host's map: it draws what the running tasks of the list build and where items of those that ended
 * a moment ago failed, and passes on what the monitor may ask of the map.
 */
export function MapLink({
  system,
  map,
  store,
  structure,
  nowMs,
  isInView,
  onPick,
  onTools,
  ...props
}: MapLinkProps) {
  const { isByPlace } = props;
  const { bounds, zoomTo, outline } = useMapPlace(map, isInView);
  const { hues, colourOf } = useHues(store, structure);
  const moment = Math.floor(nowMs / EVERY_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map of tasks changes in place.
  const tasks = useMemo(
    () =>
      [...store.tasks.values()].filter(
        // The run view of a workflow draws what its nodes build.
        (task) => !isNodeTask(task) && (!isTerminal(task.status) || store.endedNow.has(task.id)),
      ),
    [store, structure, moment],
  );
  useTasksOnMap({ system, map, hues, tasks, onPick: ({ taskId }) => onPick(taskId) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map of tasks changes in place.
  useEffect(() => {
    const { taskOverlay } = map;
    if (!isByPlace || !taskOverlay?.places) return;
    const found = [...store.tasks.values()].flatMap(({ id, built }) =>
      built?.bbox ? [{ taskId: id, bbox: built.bbox }] : [],
    );
    taskOverlay.places(found);
    return () => taskOverlay.places?.([]);
  }, [map, isByPlace, store, structure, moment]);
  useEffect(
    () => onTools({ bounds, zoomTo, outline, colourOf }),
    [onTools, bounds, zoomTo, outline, colourOf],
  );
  return null;
}
