import { type RefObject, useLayoutEffect, useState } from 'react';

/** The width of an element in CSS pixels. Infinite where nothing is laid out. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const read = () => setWidth(measured.clientWidth || Number.POSITIVE_INFINITY);
    read();
    const sizes = new ResizeObserver(read);
    sizes.observe(measured);
    return () => sizes.disconnect();
  }, [element]);
  return width;
}
