import { type RefObject, useLayoutEffect } from 'react';

/** The height of what sticks, for the style of what is in it. */
export const STICKY_HEIGHT = 'var(--lrt-sticky, 0px)';

/**
 * Keeps what is scrolled to clear of an element that sticks to the lower edge of its scroller, so that the focus never goes to a
 * control that nobody sees. The scroller is the host's window, which knows nothing of the element.
 */
export function useRoomForSticky(element: RefObject<HTMLElement | null>, sticks: boolean): void {
  useLayoutEffect(() => {
    const { current } = element;
    const scroller = sticks && current ? scrollerOf(current) : undefined;
    if (!current || !scroller) return;
    const before = scroller.style.scrollPaddingBlockEnd;
    const read = () => {
      const height = `${current.offsetHeight}px`;
      scroller.style.scrollPaddingBlockEnd = height;
      current.style.setProperty('--lrt-sticky', height);
    };
    read();
    const sizes = new ResizeObserver(read);
    sizes.observe(current);
    return () => {
      sizes.disconnect();
      scroller.style.scrollPaddingBlockEnd = before;
    };
  }, [element, sticks]);
}

function scrollerOf(element: HTMLElement): HTMLElement | undefined {
  for (let above = element.parentElement; above; above = above.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(above).overflowY)) return above;
  }
  return undefined;
}
