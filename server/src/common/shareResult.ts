/**
 * Wraps work that many callers ask for at once: while it runs all of them share it, and its result holds for a while. Work
 * that rejects is begun again at the next call.
 *
 * @example
 * const ready = shareResult(() => path.check(), 2_000);
 */
export function shareResult<T>(work: () => Promise<T>, milliseconds: number): () => Promise<T> {
  let shared: Promise<T> | undefined;
  let until = Number.POSITIVE_INFINITY;
  return () => {
    if (shared && performance.now() < until) return shared;
    const running = work();
    shared = running;
    until = Number.POSITIVE_INFINITY;
    running.then(
      () => {
        until = performance.now() + milliseconds;
      },
      () => {
        shared = undefined;
      },
    );
    return running;
  };
}
