import { useEffect, useState } from 'react';
import type { BoundingBox } from '../contract/index.ts';
import type { HostMap } from '../host/contract.ts';
import type { TaskControls } from './TaskSession.ts';

/** The part of a host's map that following a task needs. Without all of it, a task cannot be followed. */
export type FollowedMap = Pick<HostMap, 'fitBounds'> & Partial<Pick<HostMap, 'getBounds' | 'onMove'>>;

/** The map is moved once in this time at most. */
const PAUSE_MS = 1_000;

/** Says whether the map follows what a task builds, and switches that. */
export interface Following {
  on: boolean;
  toggle(): void;
}

/**
 * Keeps in view what the task of a session builds. The map zooms out and never in, once a second at most. A user who pans or
 * zooms the map by hand ends the following.
 */
export function useFollow(
  session: Pick<TaskControls, 'grown'>,
  map: FollowedMap | undefined,
): Following | undefined {
  const [on, setOn] = useState(false);
  const able = Boolean(session.grown && map?.getBounds && map.onMove);
  useEffect(() => {
    if (!on || !map?.onMove) return;
    const keepInView = () => {
      const [grown, view] = [session.grown?.(), map.getBounds?.()];
      if (!grown || !view) return;
      const both = around(view, grown);
      if (both.some((side, index) => side !== view[index])) map.fitBounds(both);
    };
    keepInView();
    const timer = setInterval(keepInView, PAUSE_MS);
    const end = map.onMove(({ byUser }) => byUser && setOn(false));
    return () => {
      clearInterval(timer);
      end();
    };
  }, [on, session, map]);
  return able ? { on, toggle: () => setOn(!on) } : undefined;
}

/** The bounds that enclose both. A map that shows the antimeridian says so by a west that is greater than its east. */
function around(view: BoundingBox, grown: BoundingBox): BoundingBox {
  const [west, south, east, north] = view;
  if (west > east) return [west, Math.min(south, grown[1]), east, Math.max(north, grown[3])];
  return [
    Math.min(west, grown[0]),
    Math.min(south, grown[1]),
    Math.max(east, grown[2]),
    Math.max(north, grown[3]),
  ];
}
