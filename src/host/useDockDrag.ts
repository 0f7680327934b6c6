import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

const INTERACTIVE = 'a, button, input, select, textarea, [contenteditable]';
/** CSS pixels for one press of an arrow key, and with Shift. */
const STEP = { small: 10, large: 50 };
/** A sheet that was swiped so far folds or unfolds. In CSS pixels. */
const SWIPE = 32;
const ARROWS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface DockDragOptions {
  /** False: the window is a sheet, which is swiped and not moved. */
  moves: boolean;
  /** The upper left of the window now, in CSS pixels. */
  at: { left: number; top: number };
  moveTo(left: number, top: number): void;
  swiped(direction: 'up' | 'down'): void;
}

interface Drag {
  pointerId: number;
  x: number;
  y: number;
  left: number;
  top: number;
}

/** Moves a window by its title bar with mouse, touch, pen or arrow keys; of a sheet it says in which direction it was swiped. */
export function useDockDrag({ moves, at, moveTo, swiped }: DockDragOptions) {
  const drag = useRef<Drag | null>(null);
  const end = (event: PointerEvent) => {
    if (drag.current?.pointerId === event.pointerId) drag.current = null;
  };
  return {
    onArrow(event: KeyboardEvent) {
      const arrow = ARROWS[event.key];
      if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const step = event.shiftKey ? STEP.large : STEP.small;
      moveTo(at.left + arrow[0] * step, at.top + arrow[1] * step);
    },
    handle: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) return;
        const control = event.target.closest(INTERACTIVE);
        if (control && event.currentTarget.contains(control) && !control.hasAttribute('data-drag-handle'))
          return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { pointerId: event.pointerId, x: event.clientX, y: event.clientY, ...at };
      },
      onPointerMove(event: PointerEvent) {
        const { current } = drag;
        if (current?.pointerId !== event.pointerId) return;
        const [x, y] = [event.clientX - current.x, event.clientY - current.y];
        if (moves) {
          moveTo(current.left + x, current.top + y);
        } else if (Math.abs(y) >= SWIPE && Math.abs(y) > Math.abs(x)) {
          drag.current = null;
          swiped(y > 0 ? 'down' : 'up');
        }
      },
      onPointerUp: end,
      onPointerCancel: end,
      onLostPointerCapture: end,
    },
  };
}
