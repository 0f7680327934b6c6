/** The nodes that the user has chosen: one whose details are shown, and others that are to be run with it. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

export interface SelectedNodes {
  chosen: string | undefined;
  marked: ReadonlySet<string>;
  /** All of them, for "Run selected". */
  selected: readonly string[];
  /** `open`: the details get the focus. */
  choose(key: string, options: { open: boolean }): void;
  mark(key: string): void;
  /** Leaves the details, and gives the focus back to the node. */
  leave(): void;
}

const NONE: ReadonlySet<string> = new Set();

/** @param covers the details cover the list that the node was chosen in */
export function useSelectedNodes(root: RefObject<HTMLElement | null>, covers: boolean): SelectedNodes {
  const [chosen, setChosen] = useState<string>();
  const [marked, setMarked] = useState(NONE);
  const wanted = useRef<{ row: string } | 'details' | undefined>(undefined);

  useLayoutEffect(() => {
    const to = wanted.current;
    if (!to) return;
    wanted.current = undefined;
    const selector = to === 'details' ? '[data-details-heading]' : '[data-row]';
    const found = [...(root.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
    const element = to === 'details' ? found[0] : found.find(({ dataset }) => dataset.row === to.row);
    element?.focus();
  });

  return {
    chosen,
    marked,
    selected: chosen === undefined ? [...marked] : [...new Set([chosen, ...marked])],
    choose: useCallback(
      (key, { open }) => {
        if (open || covers) wanted.current = 'details';
        setChosen(key);
        if (!open) setMarked(NONE);
      },
      [covers],
    ),
    mark: useCallback((key) => {
      setMarked((before) => {
        const next = new Set(before);
        if (!next.delete(key)) next.add(key);
        return next;
      });
      setChosen((before) => before ?? key);
    }, []),
    leave() {
      if (chosen !== undefined) wanted.current = { row: chosen };
      setChosen(undefined);
    },
  };
}
