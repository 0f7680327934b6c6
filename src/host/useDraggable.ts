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

interface Drag {
  pointerId: number;
  from: Point;
  offset: Point;
}

/**
 * Moves a fixed element with mouse, touch, pen and `moveBy`, and keeps it within the viewport whatever becomes of the
 * viewport or of the element's size. While its position is null it goes to its starting place.
 */
export function useDraggable(
  element: RefObject<HTMLElement | null>,
  position: Point | null,
  setPosition: Dispatch<SetStateAction<Point | null>>,
  startingPlace: (element: HTMLElement) => Point,
) {
  const drag = useRef<Drag | null>(null);

  const move = useCallback(
    (to: (from: Point) => Point) =>
      setPosition((from) => {
        if (!element.current) return from;
        const next = within(to(from ?? startingPlace(element.current)), element.current);
        return next.x === from?.x && next.y === from.y ? from : next;
      }),
    [element, setPosition, startingPlace],
  );

  useLayoutEffect(() => {
    if (!element.current) return;
    const stay = () => move((from) => from);
    stay();
    const observer = new ResizeObserver(stay);
    observer.observe(element.current);
    window.addEventListener('resize', stay);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', stay);
    };
  }, [element, move]);

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
        if (!position) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = {
          pointerId: event.pointerId,
          from: { x: event.clientX, y: event.clientY },
          offset: position,
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
