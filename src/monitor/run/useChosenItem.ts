/** Holds the one item that is chosen on a run's page: as a row, as a point on the map and as a line of the log. */
import { useCallback, useEffect, useState } from 'react';
import type { ItemFailure, TaskItem, TaskSnapshot } from '../../contract/index.ts';
import type { TaskOverlay } from '../../host/contract.ts';
import { mentions } from './LogSearch.ts';

export interface ChosenItem {
  chosen: TaskItem | undefined;
  choose(item: TaskItem): void;
  /** Chooses the item that a line of the log names, if it names one that failed. */
  chooseBy(message: string): void;
}

const NONE: readonly ItemFailure[] = [];

/** It also keeps the marks of the failed items on the map, for as long as the page is open. */
export function useChosenItem({ id, items }: TaskSnapshot, overlay: TaskOverlay | undefined): ChosenItem {
  const [chosen, setChosen] = useState<TaskItem>();
  const failures = items?.failures ?? NONE;

  useEffect(() => {
    const { failures: mark } = overlay ?? {};
    if (!overlay || !mark) return;
    const shown =
      chosen && !chosen.ok && !failures.some((failure) => failure.id === chosen.id)
        ? [...failures, chosen]
        : failures;
    mark.call(overlay, id, shown, { chosen: chosen?.id });
  }, [overlay, id, failures, chosen]);

  useEffect(() => {
    if (!overlay?.failures) return;
    return () => overlay.failures?.(id, []);
  }, [overlay, id]);

  const chooseById = useCallback(
    (itemId: string) => {
      const item = failures.find((failure) => failure.id === itemId);
      if (item) setChosen(item);
    },
    [failures],
  );

  useEffect(
    () =>
      overlay?.onPick?.(({ taskId, itemIds }) => {
        const [itemId] = itemIds ?? [];
        if (taskId === id && itemId !== undefined) chooseById(itemId);
      }),
    [overlay, id, chooseById],
  );

  return {
    chosen,
    choose: setChosen,
    chooseBy(message) {
      const item = failures.find((failure) => mentions(message, failure.id));
      if (item) setChosen(item);
    },
  };
}
