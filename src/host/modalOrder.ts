import { useCallback, useId, useLayoutEffect, useSyncExternalStore } from 'react';

// The open modals of the page, the one in front last. One list for all applications: they share the page's depth.
let order: readonly string[] = [];
const listeners = new Set<() => void>();

function setOrder(next: readonly string[]): void {
  order = next;
  for (const listener of [...listeners]) listener();
}

function bringToFront(id: string): void {
  if (order.at(-1) !== id) setOrder([...order.filter((other) => other !== id), id]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Counts the modals that are open. */
export function openModalCount(): number {
  return order.length;
}

/** The modal is in front once it is there. `depth` is 0 for the one at the back. */
export function useModalOrder(): { depth: number; raise: () => void } {
  const id = useId();
  const depth = useSyncExternalStore(
    subscribe,
    () => Math.max(order.indexOf(id), 0),
    () => 0,
  );
  const raise = useCallback(() => bringToFront(id), [id]);
  useLayoutEffect(() => {
    bringToFront(id);
    return () => setOrder(order.filter((other) => other !== id));
  }, [id]);
  return { depth, raise };
}
