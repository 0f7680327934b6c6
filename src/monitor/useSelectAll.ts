import { useState } from 'react';
import type { TaskSnapshot } from '../contract/index.ts';
import { hostCall } from '../parts/hostCall.ts';
import type { Asked } from './asked.ts';
import type { FinishedCount } from './FinishedCounter.ts';
import type { MonitorTasks } from './MonitorTasks.ts';
import { isServers, type MonitorFilter } from './monitorFilter.ts';
import { readCounts } from './readCounts.ts';
import type { TaskAction } from './taskActions.ts';
import type { Selection } from './useSelection.ts';

export interface SelectAllInput {
  store: MonitorTasks;
  filter: MonitorFilter;
  finished: FinishedCount | undefined;
  isByFilter: boolean;
  onAsked(asked: Asked): void;
  selection: Selection;
  /** The number of rows that the list has. */
  rowCount: number;
}

export interface SelectAll {
  /** All that fit the filter are meant, and not the selected ones alone. */
  isAll: boolean;
  /** The number of tasks that fit the filter. */
  fitting: number;
  onAct(action: TaskAction, tasks: readonly TaskSnapshot[]): void;
  onSelectAll(): void;
}

/**
 * "All that fit the filter" are all tasks that the server selects, where it can act on them itself. The user is asked with the
 * number that the server would act on. Else they are the rows that the list has.
 */
export function useSelectAll({
  store,
  filter,
  finished,
  isByFilter,
  onAsked,
  selection,
  rowCount,
}: SelectAllInput): SelectAll {
  const { system } = store;
  const view = filter.view ?? 'active';
  const isServersTask = isByFilter && isServers(filter) && system.countTasks && system.bulkTasks;
  const key = isServersTask ? JSON.stringify([view, store.filter]) : undefined;
  const [allOf, setAllOf] = useState<{ key: string; size: number }>();
  // One row less is another selection.
  const isAll = key !== undefined && allOf?.key === key && selection.tasks.length >= allOf.size;
  const [asking] = useState(() => ({ number: 0 }));

  async function onAct(action: TaskAction, tasks: readonly TaskSnapshot[]): Promise<void> {
    asking.number += 1;
    const { number } = asking;
    // A task that ended stays in the view of active tasks for a moment only: the server would not select it.
    const isOfView = (action === 'cancel') === (view === 'active');
    if (!isAll || !isOfView) {
      onAsked({ action, tasks });
      return;
    }
    const query = { ...store.filter, status: view };
    const answer: unknown = await hostCall(() => system.countTasks?.(query)).catch(() => undefined);
    if (asking.number !== number) return;
    const counts = readCounts(answer);
    // Where it cannot be counted, the question is about the rows that the list has.
    onAsked({ action, tasks, ...(counts && { all: { filter: query, counts } }) });
  }

  return {
    isAll,
    fitting: key !== undefined && view === 'finished' && finished ? finished.count : rowCount,
    onAct: (action, tasks) => void onAct(action, tasks),
    onSelectAll() {
      selection.selectAll();
      if (key !== undefined) setAllOf({ key, size: rowCount });
    },
  };
}
