import { useEffect, useState } from 'react';
import type { Box } from './dock.ts';

/** The box of the viewport, for a host without a map. */
const viewport = (): Box => ({
  left: 0,
  top: 0,
  width: document.documentElement.clientWidth,
  height: window.innerHeight,
});

function boxOf(element: HTMLElement | undefined): Box {
  if (!element) return viewport();
  const { left, top, width, height } = element.getBoundingClientRect();
  // A map that is not shown has no place for a window.
  return width > 0 && height > 0 ? { left, top, width, height } : viewport();
}

/** The box of an element, or of the viewport where there is none; read again whenever it may have changed. */
export function useBox(element: HTMLElement | undefined): Box {
  const [box, setBox] = useState(() => boxOf(element));
  useEffect(() => {
    const read = () =>
      setBox((before) => {
        const now = boxOf(element);
        const isSame =
          now.left === before.left &&
          now.top === before.top &&
          now.width === before.width &&
          now.height === before.height;
        return isSame ? before : now;
      });
    read();
    const observer = new ResizeObserver(read);
    if (element) observer.observe(element);
    observer.observe(document.documentElement);
    window.addEventListener('resize', read);
    window.addEventListener('scroll', read, { capture: true, passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', read);
      window.removeEventListener('scroll', read, { capture: true });
    };
  }, [element]);
  return box;
}
