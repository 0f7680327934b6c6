import { useCallback, useEffect, useRef, useState } from 'react';
import type { Geometry } from '../contract/index.ts';
import type { Drawing, MapSketches } from '../host/contract.ts';

export interface ActiveDrawing {
  kind: 'area' | 'point';
  /** The number of corners that are set. */
  corners: number;
  drawing: Drawing;
}

/** Lets a user draw on the map; the drawing is given up when the form goes. Undefined where the map cannot. */
export function useDrawing(sketches: MapSketches | undefined) {
  const [active, setActive] = useState<ActiveDrawing>();
  const current = useRef<Drawing>(undefined);
  useEffect(() => () => current.current?.cancel(), []);
  const start = useCallback(
    (kind: 'area' | 'point', onDrawn: (drawn: Geometry) => void) => {
      const drawing = sketches?.draw?.(kind, {
        onChange: (corners) => setActive((before) => before && { ...before, corners: corners.length }),
        onEnd: (drawn) => {
          current.current = undefined;
          setActive(undefined);
          if (drawn) onDrawn(drawn);
        },
      });
      current.current = drawing;
      setActive(drawing && { kind, corners: 0, drawing });
    },
    [sketches],
  );
  return { active, start, canDraw: sketches?.draw !== undefined };
}
