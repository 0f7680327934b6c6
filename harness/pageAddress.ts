/** Says when the page's address has changed, by the page itself or by Back. */
const listeners = new Set<() => void>();

/** Whoever has changed the address calls it: the browser says so of Back alone. */
export function addressChanged(): void {
  for (const listener of [...listeners]) listener();
}

export function onAddress(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener('popstate', listener);
  };
}
