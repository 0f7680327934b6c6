/** Counts why the items of a run failed. */
import { useEffect, useMemo, useState } from 'react';
import type { ItemSummary } from '../../contract/index.ts';
import { countReasons, FIRST_ITEM, ItemReader, type ListItems, type ReasonCount } from './ItemReader.ts';

/** So many failed items are counted: some twenty calls of the server. */
export const MOST_COUNTED = 20_000;

export interface Reasons {
  /** The most frequent first. */
  reasons: readonly ReasonCount[];
  /** The number of failed items that were counted; it is less than all of them where there are very many. */
  counted: number;
}

/**
 * The reasons of the failures that a task's summary has, and of those that the server has beyond it.
 *
 * @example
 * const { reasons, counted } = useReasons(list, task.id, task.items);
 */
export function useReasons(list: ListItems | undefined, taskId: string, items: ItemSummary): Reasons {
  const { failures, failed } = items;
  const needsMore = list !== undefined && failed > failures.length;
  const [more, setMore] = useState<{ taskId: string; reasons: Reasons }>();

  // While a task goes on, each thousand of further failures are counted again, and not each single one.
  const step = Math.floor(failed / 1_000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is what makes it count again.
  useEffect(() => {
    if (!needsMore) return;
    const calls = new AbortController();
    const { signal } = calls;
    const counts = new Map<string, ReasonCount>();
    new ItemReader(list, taskId)
      .read({ failed: true }, FIRST_ITEM, { count: MOST_COUNTED, signal })
      .then(({ items: read }) => {
        countReasons(counts, read);
        if (!signal.aborted) setMore({ taskId, reasons: { reasons: inOrder(counts), counted: read.length } });
      })
      // The first thousand stay counted, and the line below them says so.
      .catch(() => undefined);
    return () => calls.abort();
  }, [list, taskId, needsMore, step]);

  return useMemo(() => {
    if (needsMore && more?.taskId === taskId) return more.reasons;
    const counts = new Map<string, ReasonCount>();
    countReasons(counts, failures);
    return { reasons: inOrder(counts), counted: failures.length };
  }, [failures, needsMore, more, taskId]);
}

function inOrder(counts: ReadonlyMap<string, ReasonCount>): ReasonCount[] {
  return [...counts.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
