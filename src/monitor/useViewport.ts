import { type RefObject, useLayoutEffect, useState } from 'react';

/** The height that is assumed where nothing is laid out, in CSS pixels. */
const UNKNOWN = 600;
/** The list renders again after it was scrolled by so many CSS pixels: a few rows more are drawn than are seen. */
const STEP = 60;

export interface Viewport {
  /** The list is scrolled by so many CSS pixels, in steps. */
  top: number;
  height: number;
}

/** The part of a scrolling element that is seen. */
export function useViewport(element: RefObject<HTMLElement | null>): Viewport {
  const [view, setView] = useState<Viewport>({ top: 0, height: UNKNOWN });
  useLayoutEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const read = () => {
      const top = Math.floor(scroller.scrollTop / STEP) * STEP;
      const height = scroller.clientHeight || UNKNOWN;
      setView((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    read();
    const sizes = new ResizeObserver(read);
    sizes.observe(scroller);
    scroller.addEventListener('scroll', read, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', read);
    };
  }, [element]);
  return view;
}
