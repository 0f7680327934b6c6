import { useCallback, useEffect, useRef, useState } from 'react';
import type { BoundingBox, TaskSnapshot } from '../contract/index.ts';
import type { HostMap } from '../host/contract.ts';

/** After "Zoom to task" the outline stays for so long. */
const HELD_MS = 2_000;

export interface MapPlace {
  /** The part of the world that the map shows, while it is wanted. */
  bounds: BoundingBox | undefined;
  zoomTo: (task: TaskSnapshot) => void;
  /** Frames the place of a task on the map; without a task, takes the frame away. */
  outline(task: TaskSnapshot | undefined, label: string): void;
}

/**
 * Binds the monitor to the host's map.
 *
 * @param isWanted the filter selects by the part of the world that the map shows
 */
export function useMapPlace(map: HostMap, isWanted: boolean): MapPlace {
  const [bounds, setBounds] = useState<BoundingBox>();
  useEffect(() => {
    if (!isWanted) return;
    const read = () =>
      setBounds((before) => {
        const now = map.getBounds();
        return before && String(before) === String(now) ? before : now;
      });
    read();
    return map.onMove?.(({ moving }) => {
      if (!moving) read();
    });
  }, [map, isWanted]);

  const shown = useRef({ text: '', heldUntilMs: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const draw = useCallback(
    (task: TaskSnapshot | undefined, label: string) => {
      const bbox = task?.built?.bbox;
      // Each progress comes here, and most say nothing new.
      const text = task && bbox ? `${task.id} ${bbox} ${label}` : '';
      if (text === shown.current.text) return;
      shown.current.text = text;
      map.taskOverlay?.outline?.(task && bbox ? { bbox, label, taskId: task.id } : null);
    },
    [map],
  );
  const outline = useCallback(
    (task: TaskSnapshot | undefined, label: string) => {
      const left = shown.current.heldUntilMs - Date.now();
      clearTimeout(timer.current);
      if (task || left <= 0) draw(task, label);
      else timer.current = setTimeout(() => draw(undefined, ''), left);
    },
    [draw],
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      draw(undefined, '');
    },
    [draw],
  );
  const zoomTo = useCallback(
    ({ built }: TaskSnapshot) => {
      shown.current.heldUntilMs = Date.now() + HELD_MS;
      if (built?.bbox) map.fitBounds(built.bbox);
    },
    [map],
  );
  return { bounds: isWanted ? bounds : undefined, zoomTo, outline };
}
