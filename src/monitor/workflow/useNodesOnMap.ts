/** Draws on the map what the nodes of a run build: the monitor, which lists the run alone, does not know them. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SystemClient } from '../../client/SystemClient.ts';
import type { BoundingBox } from '../../contract/index.ts';
import type { HostMap } from '../../host/contract.ts';
import { createTaskHues, type TaskHues } from '../../parts/taskHues.ts';
import { useTasksOnMap } from '../map/useTasksOnMap.ts';
import type { WorkflowRun, WorkflowState } from './WorkflowRun.ts';

/** A task's box on the map grows while it runs: it is looked at so often. */
const EVERY_MS = 2_000;

export interface NodesOnMap {
  system: SystemClient;
  map: HostMap | undefined;
  /** The map is moved to where the nodes work, once. */
  zooms: boolean;
  run: WorkflowRun;
  state: WorkflowState;
  /** Unix time in milliseconds. */
  nowMs: number;
}

export function useNodesOnMap({ system, map, zooms, run, state, nowMs }: NodesOnMap): void {
  const [hues, setHues] = useState<TaskHues>();
  const hasMap = map !== undefined;
  useEffect(() => {
    if (!hasMap) return;
    const made = createTaskHues();
    setHues(made);
    return () => made.dispose();
  }, [hasMap]);
  const { structure } = state;
  const moment = Math.floor(nowMs / EVERY_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the nodes change in place.
  const tasks = useMemo(
    () =>
      hasMap ? [...run.nodes.values()].flatMap(({ task, isKept }) => (task && !isKept ? [task] : [])) : [],
    [run, hasMap, structure, moment],
  );
  useEffect(() => hues?.update(tasks), [hues, tasks]);
  useTasksOnMap({ system, map, hues, tasks });

  const zoomed = useRef<unknown>(undefined);
  useEffect(() => {
    const boxes = tasks.flatMap(({ built }) => (built?.bbox ? [built.bbox] : []));
    const [first] = boxes;
    if (!zooms || !map || !first || zoomed.current === map) return;
    zoomed.current = map;
    map.fitBounds(boxes.reduce(around, first));
  }, [map, zooms, tasks]);
}

function around(one: BoundingBox, other: BoundingBox): BoundingBox {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}
