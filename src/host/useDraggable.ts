import {
  type Dispatch,
  type PointerEvent,
  type RefObject,
  type SetStateAction,
  useCallback,
  useLayoutEffect,
  useRef,
} from 'react';

/** Pixels from the top left of the viewport. */
export interface Point {
  x: number;
  y: number;
}

/** Pixels that stay free between the element and the viewport's edge. */
export const VIEWPORT_MARGIN = 8;
const INTERACTIVE = 'a, button, input, select, textarea, [contenteditable]';

function within(point: Point, element: HTMLElement): Point {
  // Not offsetWidth and offsetHeight, which are rounded.
  const { width, height } = element.getBoundingClientRect();
  const right = document.documentElement.clientWidth - width - VIEWPORT_MARGIN;
  const bottom = window.innerHeight - height - VIEWPORT_MARGIN;
  return {
    x: Math.max(VIEWPORT_MARGIN, Math.min(point.x, right)),
    y: Math.max(VIEWPORT_MARGIN, Math.min(point.y, bottom)),
  };
}

/** The place of a dialog. */
export interface Place {
  /** The place to which the user has moved it. A dialog that had to make room goes back there when it can. */
  wanted: Point;
  /** Where it is shown, so that all of it is within the viewport. */
  shown: Point;
}

interface Drag {
  pointerId: number;
  from: Point;
  offset: Point;
}

/**
 * Moves a fixed element with mouse, touch, pen and `moveBy`, and keeps it within the viewport whatever becomes of the
 * viewport or of the element's size. While its place is null it goes to its starting place. An element that moves
 * because it grows goes back when it is small again.
 */
export function useDraggable(
  element: RefObject<HTMLElement | null>,
  place: Place | null,
  setPlace: Dispatch<SetStateAction<Place | null>>,
  startingPlace: (element: HTMLElement) => Point,
) {
  const drag = useRef<Drag | null>(null);

  const move = useCallback(
    (to: (from: Point) => Point) =>
      setPlace((from) => {
        if (!element.current) return from;
        const shown = within(to(from?.shown ?? startingPlace(element.current)), element.current);
        return { wanted: shown, shown };
      }),
    [element, setPlace, startingPlace],
  );

  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const keepInside = () =>
      setPlace((from) => {
        const wanted = from?.wanted ?? startingPlace(current);
        const shown = within(wanted, current);
        return shown.x === from?.shown.x && shown.y === from.shown.y ? from : { wanted, shown };
      });
    keepInside();
    const observer = new ResizeObserver(keepInside);
    observer.observe(current);
    window.addEventListener('resize', keepInside);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', keepInside);
    };
  }, [element, setPlace, startingPlace]);

  const end = (event: PointerEvent) => {
    if (drag.current?.pointerId === event.pointerId) drag.current = null;
  };

  return {
    moveBy: (x: number, y: number) => move((from) => ({ x: from.x + x, y: from.y + y })),
    /** For the part to drag it by; controls in there keep their own use, save those marked `data-drag-handle`. */
    handleProps: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) return;
        const control = event.target.closest(INTERACTIVE);
        const isOurs = control && event.currentTarget.contains(control);
        if (isOurs && !control.hasAttribute('data-drag-handle')) return;
        if (!place) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = {
          pointerId: event.pointerId,
          from: { x: event.clientX, y: event.clientY },
          offset: place.shown,
        };
      },
      onPointerMove: (event: PointerEvent) => {
        const current = drag.current;
        if (current?.pointerId !== event.pointerId) return;
        move(() => ({
          x: current.offset.x + event.clientX - current.from.x,
          y: current.offset.y + event.clientY - current.from.y,
        }));
      },
      onPointerUp: end,
      onPointerCancel: end,
      onLostPointerCapture: end,
    },
  };
}
