/** The page of a run's items that a table shows, with the ways to the pages beside it. */
import { useEffect, useMemo, useState } from 'react';
import { type Failure, toTaskError } from '../../client/taskStore.ts';
import type { TaskItem } from '../../contract/index.ts';
import {
  FIRST_ITEM,
  type ItemFilter,
  type ItemPlace,
  ItemReader,
  type ItemRows,
  type ListItems,
} from './ItemReader.ts';

/** So many rows stand on a page of the table. */
export const ROWS = 100;
/** The last page of a task that goes on is read again after so long, in milliseconds. */
const READ_AGAIN_MS = 1_000;

export interface ItemsPage {
  items: readonly TaskItem[];
  /** The number of the first row, from 1. */
  from: number;
  /** The number of items that were looked at for this page. */
  read: number;
  /** True where nothing fits so far, and more can be looked at. */
  isPaused: boolean;
  loading: boolean;
  error: Failure | undefined;
  next: (() => void) | undefined;
  previous: (() => void) | undefined;
  retry(): void;
}

interface Shown {
  key: string;
  at: number;
  /** The beginnings of the pages up to this one. */
  starts: readonly { place: ItemPlace; from: number }[];
}

interface Answer {
  of: string;
  rows?: ItemRows;
  error?: Failure;
}

const START = [{ place: FIRST_ITEM, from: 1 }];

/**
 * Reads the page of items that is shown. `known` is the number of items that the task has reported: while it grows, the last
 * page is read again.
 *
 * @example
 * const page = useItems({ list, taskId, filter: { failed: true }, known: 37, reasonOf });
 */
export function useItems({
  list,
  taskId,
  filter,
  known,
  reasonOf,
}: {
  list: ListItems;
  taskId: string;
  filter: ItemFilter;
  known: number;
  reasonOf: (item: TaskItem) => string;
}): ItemsPage {
  const reader = useMemo(() => new ItemReader(list, taskId), [list, taskId]);
  const key = JSON.stringify([taskId, filter]);
  const [shown, setShown] = useState<Shown>({ key, at: 0, starts: START });
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<Answer>();
  const current = shown.key === key ? shown : { key, at: 0, starts: START };
  const { at, starts } = current;
  const start = starts[at] ?? { place: FIRST_ITEM, from: 1 };
  const of = `${key} ${at}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the filter, and a try begins again.
  useEffect(() => {
    const calls = new AbortController();
    const { signal } = calls;
    reader.read(filter, start.place, { count: ROWS, signal, reasonOf }).then(
      (rows) => {
        if (!signal.aborted) setAnswer({ of, rows });
      },
      (thrown) => {
        if (!signal.aborted) setAnswer({ of, error: toTaskError(thrown) });
      },
    );
    return () => calls.abort();
  }, [reader, of, tries]);

  const isMine = answer?.of === of;
  const rows = isMine ? answer.rows : undefined;
  const isLast = rows !== undefined && rows.next === undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of items is what makes it read again.
  useEffect(() => {
    if (!isLast) return;
    const timer = setTimeout(() => {
      reader.forget();
      setTries((count) => count + 1);
    }, READ_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [known]);

  const next = rows?.next;
  return {
    items: rows?.items ?? [],
    from: start.from,
    read: rows?.read ?? 0,
    isPaused: rows?.isPaused ?? false,
    loading: !isMine,
    error: isMine ? answer.error : undefined,
    next:
      next &&
      (() =>
        setShown({
          key,
          at: at + 1,
          starts: [...starts.slice(0, at + 1), { place: next, from: start.from + (rows?.items.length ?? 0) }],
        })),
    previous: at > 0 ? () => setShown({ ...current, at: at - 1 }) : undefined,
    retry() {
      reader.forget();
      setTries((count) => count + 1);
    },
  };
}
