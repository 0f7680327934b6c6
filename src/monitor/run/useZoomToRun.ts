/** Shows the place where a run worked when its page is opened, and leaves the map to the user from then on. */
import { useEffect, useRef } from 'react';
import { type BoundingBox, isRecord, type TaskSnapshot } from '../../contract/index.ts';
import type { HostMap } from '../../host/contract.ts';

/** The map is moved once for each map: as soon as it is known where the run worked. */
export function useZoomToRun(task: TaskSnapshot, map: Pick<HostMap, 'fitBounds'> | undefined): void {
  const zoomed = useRef<unknown>(undefined);
  const box = placeOf(task);
  useEffect(() => {
    if (!map || !box || zoomed.current === map) return;
    zoomed.current = map;
    map.fitBounds(box);
  }, [map, box]);
}

/** The box of what the run built, or the one that its result names. */
function placeOf({ built, result }: TaskSnapshot): BoundingBox | undefined {
  if (built?.bbox) return built.bbox;
  const box: unknown = isRecord(result) ? result.bbox : undefined;
  if (!Array.isArray(box) || box.length !== 4) return undefined;
  const [west, south, east, north]: unknown[] = box;
  return [west, south, east, north].every(Number.isFinite)
    ? [Number(west), Number(south), Number(east), Number(north)]
    : undefined;
}
