/** Pan and zoom of the graph: by wheel, drag, two fingers, buttons and keys. */
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { BoxSize } from '../run/useBox.ts';
import type { Point } from './graphLayout.ts';

/** A point of the layout is shown at `point * scale + offset`, in CSS pixels of the box. */
export interface View extends Point {
  scale: number;
}

const LEAST = 0.02;
const MOST = 2;
const EDGE = 16;
/** A pointer that moves less than this clicks. In CSS pixels. */
const CLICK = 4;

export function fitted(box: BoxSize, content: BoxSize): View {
  const scale = Math.max(
    LEAST,
    Math.min(1, (box.width - 2 * EDGE) / content.width, (box.height - 2 * EDGE) / content.height),
  );
  return {
    scale,
    x: (box.width - content.width * scale) / 2,
    y: (box.height - content.height * scale) / 2,
  };
}

function zoomed(view: View, factor: number, at: Point): View {
  const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

export interface PanZoom {
  view: View;
  zoom(factor: number): void;
  fit(): void;
  /** Moves the graph as little as is needed to show this box of the layout. */
  reveal(box: Point & BoxSize): void;
  handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(event: PointerEvent<HTMLElement>): void;
    onPointerLeave(event: PointerEvent<HTMLElement>): void;
  };
  /** True right after a drag: the click that ends it chooses nothing. */
  hasDragged(): boolean;
}

export function usePanZoom(element: RefObject<HTMLElement | null>, box: BoxSize, content: BoxSize): PanZoom {
  /** Undefined: the whole graph is shown, whatever the size of the box. */
  const [moved, setMoved] = useState<View>();
  const view = moved ?? fitted(box, content);
  const newest = useRef(view);
  newest.current = view;
  const pointers = useRef(new Map<number, Point>());
  const dragged = useRef(0);

  const change = useCallback((next: View) => {
    newest.current = next;
    setMoved(next);
  }, []);

  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = node.getBoundingClientRect();
      const lines = event.deltaMode === 1 ? 16 : 1;
      const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015));
      change(zoomed(newest.current, factor, { x: event.clientX - left, y: event.clientY - top }));
    };
    // React's own listener is passive, and the page would scroll.
    node.addEventListener('wheel', onWheel, { passive: false });
    return () => node.removeEventListener('wheel', onWheel);
  }, [element, change]);

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const step = { x: now.x - before.x, y: now.y - before.y };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const far = Math.hypot(now.x - other.x, now.y - other.y);
      const was = Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      const middle = { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top };
      change(zoomed(newest.current, far / was, middle));
    } else {
      dragged.current += Math.abs(step.x) + Math.abs(step.y);
      if (dragged.current < CLICK) return;
      // Only a drag takes the pointer: a click goes to the node below it.
      event.currentTarget.setPointerCapture(event.pointerId);
      const { scale, x, y } = newest.current;
      change({ scale, x: x + step.x, y: y + step.y });
    }
    pointers.current.set(event.pointerId, now);
  };
  const end = (event: PointerEvent<HTMLElement>) => void pointers.current.delete(event.pointerId);

  return {
    view,
    zoom: (factor) => change(zoomed(newest.current, factor, { x: box.width / 2, y: box.height / 2 })),
    fit: () => setMoved(undefined),
    reveal({ x, y, width, height }) {
      const { scale, x: left, y: top } = newest.current;
      const shift = (from: number, to: number, size: number) =>
        from < EDGE ? EDGE - from : to > size - EDGE ? size - EDGE - to : 0;
      const dx = shift(x * scale + left, (x + width) * scale + left, box.width);
      const dy = shift(y * scale + top, (y + height) * scale + top, box.height);
      if (dx !== 0 || dy !== 0) change({ scale, x: left + dx, y: top + dy });
    },
    hasDragged: () => dragged.current >= CLICK,
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        if (pointers.current.size === 0) dragged.current = 0;
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      },
      onPointerMove,
      onPointerUp: end,
      onPointerCancel: end,
      onPointerLeave: end,
    },
  };
}
