/** Measures elements for the parts of a run's page that depend on their own size, and not on the window's. */
import { type RefObject, useLayoutEffect, useState } from 'react';

export interface BoxSize {
  width: number;
  height: number;
}

/**
 * The inner size of an element in CSS pixels, as it changes. Before it is measured, and where nothing is laid out, it is
 * the size that is assumed.
 *
 * @example
 * const element = useRef<HTMLDivElement>(null);
 * const { width } = useBox(element, { width: 1280, height: 720 });
 */
export function useBox(element: RefObject<HTMLElement | null>, assumed: BoxSize): BoxSize {
  const [size, setSize] = useState(assumed);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = node;
      if (width === 0 || height === 0) return;
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
