import { type RefObject, useLayoutEffect, useState } from 'react';

/** Finds out whether an element has more content than it shows. `content` is the one element inside of it. */
export function useScrolls(
  element: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
): boolean {
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node || !content.current) return;
    const observer = new ResizeObserver(() => setScrolls(node.scrollHeight > node.clientHeight));
    observer.observe(node);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, [element, content]);
  return scrolls;
}
