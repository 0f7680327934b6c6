/**
 * Calls the client of a host. A call that throws at once is as good as one that rejects, and one that returns no promise as good
 * as one that resolves: a host's own client must not break the page that it is part of.
 *
 * @example
 * const task = await hostCall(() => system.getTask?.(id)).catch(() => undefined);
 */
export async function hostCall<Answer>(call: () => Answer): Promise<Awaited<Answer>> {
  return await call();
}
