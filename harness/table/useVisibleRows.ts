import { type RefObject, useCallback, useEffect, useState } from 'react';

export const ROW_PIXELS = 28;
/** So many rows beyond the edges are there before they are scrolled to. */
const BEYOND = 8;
/** The head stays at the top, over the rows. */
const HEAD_PIXELS = 28;

/** Says which rows a scroller shows: thousands of rows cost no more than those that are seen. */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, count: number) {
  const [view, setView] = useState({ top: 0, height: 300 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(read);
    sizes.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [scroller]);
  const from = Math.max(0, Math.min(count, Math.floor(view.top / ROW_PIXELS) - BEYOND));
  const to = Math.min(count, Math.ceil((view.top + view.height) / ROW_PIXELS) + BEYOND);
  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element) return;
      const top = index * ROW_PIXELS;
      const room = element.clientHeight - HEAD_PIXELS - ROW_PIXELS;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top > element.scrollTop + room) element.scrollTop = top - room;
    },
    [scroller],
  );
  return { from, to, reveal };
}
