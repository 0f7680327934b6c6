import { type RefObject, useEffect } from 'react';

/** Scrolls an answer to where the user sees it, whenever it is another one: in a long dialog it stands below the edge. */
export function useBroughtIntoView(element: RefObject<HTMLElement | null>, answer: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer is scrolled to once more
  useEffect(() => {
    // A page in jsdom has no such method.
    element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [element, answer]);
}
